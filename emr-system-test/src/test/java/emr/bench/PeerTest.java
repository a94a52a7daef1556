package emr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerTest {

  @Test
  void everyOperationHasAFigureOfThePeer() {
    assertThat(Peer.recorded().keySet()).containsAll(Work.operations().keySet()).contains("ingest");
  }

  @Test
  void theBestOfThePeersRunsCounts() {
    assertThat(Peer.recorded().get("create").cpu()).isEqualTo(2.21 + 1.98);
    assertThat(Peer.recorded().get("ingest").cpu()).isBetween(2.0, 2.1);
  }
}
