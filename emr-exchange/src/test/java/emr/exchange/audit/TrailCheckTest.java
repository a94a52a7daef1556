package emr.exchange.audit;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.Keys;
import emr.exchange.audit.TrailCheck.Finding;
import emr.exchange.seal.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrailCheckTest {

  private static final Keys CENTRE = Keys.of("centre");
  private static final Signer SIGNER = new Signer(CENTRE.key(), CENTRE.certificate());
  private static final Signer ANOTHER =
      new Signer(Keys.of("another").key(), CENTRE.certificate()); // says it was the centre

  /** A trail, with gaps where transactions came to nothing, sealed in stretches of any length. */
  private static final class Trail {

    final Random random;
    final TreeMap<Long, TrailEntry> entries = new TreeMap<>();
    final TreeMap<Long, TrailSeal.Kept> seals = new TreeMap<>();

    Trail(long seed, int length) {
      random = new Random(seed);
      long id = 0;
      while (entries.size() < length) {
        id += 1 + (random.nextInt(4) == 0 ? random.nextInt(5) : 0);
        entries.put(id, entry(id, "dr." + random.nextInt(3)));
      }
      var open = new ArrayList<>(entries.values());
      String before = "";
      long after = 0;
      while (!open.isEmpty()) {
        List<TrailEntry> stretch = open.subList(0, 1 + random.nextInt(Math.min(open.size(), 7)));
        TrailSeal.Kept seal =
            TrailSeal.make(seals.size() + 1L, before, after, stretch, Instant.EPOCH, SIGNER);
        seals.put(seal.number(), seal);
        before = seal.seal();
        after = seal.last();
        stretch.clear();
      }
    }

    static TrailEntry entry(long id, String person) {
      return new TrailEntry(
          id, new TreeMap<>(Map.of("id", Long.toString(id), "person", person, "rule", "own")));
    }

    long anyEntry() {
      return new ArrayList<>(entries.keySet()).get(random.nextInt(entries.size()));
    }

    List<Finding> findings() {
      var check = new TrailCheck(CENTRE.certificate());
      for (TrailSeal.Kept kept : seals.values()) {
        check
            .seal(kept)
            .ifPresent(
                seal ->
                    check.entries(
                        seal,
                        kept.marks(),
                        List.copyOf(
                            entries
                                .subMap(TrailCheck.after(seal), false, seal.last(), true)
                                .values())));
      }
      return check.findings();
    }
  }

  @Property(tries = 100)
  void aTrailThatNobodyTouchedFits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    assertThat(new Trail(seed, n).findings()).isEmpty();
  }

  @Property(tries = 100)
  void anEntryThatWasChangedIsNamed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    var trail = new Trail(seed, n);
    long changed = trail.anyEntry();
    trail.entries.put(changed, Trail.entry(changed, "somebody"));
    assertThat(trail.findings()).extracting(Finding::entry).containsExactly(changed);
  }

  @Property(tries = 100)
  void anEntryThatWasRemovedIsNamed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    var trail = new Trail(seed, n);
    long removed = trail.anyEntry();
    trail.entries.remove(removed);
    assertThat(trail.findings()).extracting(Finding::entry).containsExactly(removed);
  }

  @Property(tries = 100)
  void anEntryThatWasPutInIsNamed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    var trail = new Trail(seed, n);
    long put = trail.anyEntry() - 1;
    while (trail.entries.containsKey(put)) {
      put--;
    }
    trail.entries.put(put, Trail.entry(put, "dr.0"));
    assertThat(trail.findings()).extracting(Finding::entry).containsExactly(put);
  }

  @Property(tries = 100)
  void aSealThatWasRemovedIsMissed(@ForAll long seed, @ForAll @IntRange(min = 20, max = 60) int n) {
    var trail = new Trail(seed, n);
    long removed = 1L + trail.random.nextInt(trail.seals.size() - 1);
    trail.seals.remove(removed);
    assertThat(trail.findings())
        .containsExactly(new Finding(null, removed, "The seal is missing."));
  }

  @Property(tries = 100)
  void aSealThatTheCentreDidNotMakeIsFound(
      @ForAll long seed, @ForAll @IntRange(min = 20, max = 60) int n) {
    var trail = new Trail(seed, n);
    long number = 2;
    TrailSeal.Kept seal = trail.seals.get(number);
    long after = trail.seals.get(1L).last();
    trail.entries.put(seal.last(), Trail.entry(seal.last(), "somebody"));
    trail.seals.put(
        number,
        TrailSeal.make(
            number,
            trail.seals.get(1L).seal(),
            after,
            List.copyOf(trail.entries.subMap(after, false, seal.last(), true).values()),
            Instant.EPOCH,
            ANOTHER));
    assertThat(trail.findings())
        .contains(new Finding(null, number, "The seal is not as the centre signed it."));
  }

  @Test
  void aStretchSealedAnewDoesNotFollow() {
    var trail = new Trail(1, 40);
    TrailSeal.Kept seal = trail.seals.get(2L);
    long after = trail.seals.get(1L).last();
    trail.entries.put(seal.last(), Trail.entry(seal.last(), "somebody"));
    trail.seals.put(
        2L,
        TrailSeal.make(
            2,
            trail.seals.get(1L).seal(),
            after,
            List.copyOf(trail.entries.subMap(after, false, seal.last(), true).values()),
            Instant.EPOCH,
            SIGNER));
    assertThat(trail.findings())
        .containsExactly(new Finding(null, 3, "The seal does not follow from the one before."));
  }

  @Test
  void anEndThatWasCutOffIsMissedByWhatIsOnFile() {
    var trail = new Trail(1, 40);
    TrailSeal.Kept newest = trail.seals.pollLastEntry().getValue();
    assertThat(trail.findings()).isEmpty();
    var check = new TrailCheck(CENTRE.certificate());
    check.filed(newest.seal(), number -> Optional.empty());
    assertThat(check.findings()).extracting(Finding::seal).containsExactly(newest.number());
  }

  @Test
  void alteredMarksAreFoundAndNoEntryIsBlamed() {
    var trail = new Trail(1, 10);
    TrailSeal.Kept seal = trail.seals.get(1L);
    seal.marks()[9] ^= 1;
    assertThat(trail.findings())
        .containsExactly(new Finding(null, 1, "The marks of the seal were altered."));
  }

  @Test
  void theDigestIsWhatAnybodyCanComputeFromTheDocumentation() {
    TrailEntry entry = new TrailEntry(7, new TreeMap<>(Map.of("id", "7", "rule", "own")));
    assertThat(HexFormat.of().formatHex(entry.digest()))
        .isEqualTo("ef03e703c8cd89130fe724f472b6b7dc60eb8ca6ec9622ccb46b0c7ad53bf8d0");
  }
}
