package emr.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldTest {

  @Test
  void caseAccentsAndWidthDoNotMatter() {
    assertThat(Fold.fold("ÅNGSTRÖM Straße Ｊｏｈｎ")).isEqualTo("angstrom strasse john");
  }

  @Test
  void kanaKeepTheirMarks() {
    assertThat(Fold.fold("ガ")).isEqualTo("ガ").isNotEqualTo(Fold.fold("カ"));
    assertThat(Fold.fold("ｶﾞ")).isEqualTo("ガ");
  }

  @Test
  void wordsAreSplitAtWhatIsNoLetter() {
    assertThat(Fold.words("O'Neil-Smith, Mary  Ann"))
        .containsExactly("o", "neil", "smith", "mary", "ann");
  }
}
