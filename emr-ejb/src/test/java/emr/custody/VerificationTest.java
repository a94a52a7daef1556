package emr.custody;

import static org.assertj.core.api.Assertions.assertThat;

import emr.custody.Verification.Kept;
import emr.exchange.record.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final RecordId RECORD = new RecordId("Observation", "a-b");

  @Test
  @Tag("claim-16")
  void aChainHoldsFromTheOriginalOn() {
    assertThat(Verification.holds(RECORD, chain(3))).isTrue();
  }

  @Test
  void noChainIsNoProof() {
    assertThat(Verification.holds(RECORD, List.of())).isFalse();
  }

  @Test
  void aChangedContentBreaksTheChain() {
    List<Kept> chain = chain(3);
    chain.set(0, new Kept(1, content(9), chain.get(0).hash(), UUID.randomUUID(), ""));
    assertThat(Verification.holds(RECORD, chain)).isFalse();
  }

  @Test
  void aVersionLeftOutBreaksTheChain() {
    List<Kept> chain = chain(3);
    chain.remove(1);
    assertThat(Verification.holds(RECORD, chain)).isFalse();
    List<Kept> headless = chain(3);
    headless.remove(0);
    assertThat(Verification.holds(RECORD, headless)).isFalse();
  }

  @Test
  void anothersChainProvesNothing() {
    assertThat(Verification.holds(new RecordId("Observation", "a-c"), chain(3))).isFalse();
  }

  private static List<Kept> chain(int length) {
    var chain = new ArrayList<Kept>();
    byte[] before = new byte[32];
    for (int number = 1; number <= length; number++) {
      byte[] hash = Verification.next(before, RECORD, number, content(number));
      chain.add(new Kept(number, content(number), hash, UUID.randomUUID(), ""));
      before = hash;
    }
    return chain;
  }

  private static byte[] content(int of) {
    var hash = new byte[32];
    hash[0] = (byte) of;
    return hash;
  }
}
