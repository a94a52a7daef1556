package emr.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** One sum stands for all that was stored together. */
class StoredSumTest {

  @Property
  void theOrderInWhichItWasStoredDoesNotCount(
      @ForAll @NotEmpty List<@StringLength(64) String> hashes) {
    var turned = new ArrayList<>(hashes);
    Collections.reverse(turned);

    assertThat(StoredSum.sum(turned)).isEqualTo(StoredSum.sum(hashes));
  }

  @Property
  void oneMoreOrOneLessIsAnotherSum(
      @ForAll @NotEmpty @Size(max = 20) List<@StringLength(64) String> hashes) {
    assertThat(StoredSum.sum(hashes.subList(1, hashes.size()))).isNotEqualTo(StoredSum.sum(hashes));
  }
}
