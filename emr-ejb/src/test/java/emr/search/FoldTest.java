package emr.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldTest {

  @Test
  void caseAccentsAndWidthDoNotMatter() {
    assertThat(Fold.fold("ÅNGSTRÖM Straße Ｊｏｈｎ")).isEqualTo("angstrom strasse john");
  }

  @Test
  void kanaKeepTheirMarks() {
    assertThat(Fold.fold("ガ")).isEqualTo("が").isNotEqualTo(Fold.fold("カ"));
    assertThat(Fold.fold("ｶﾞ")).isEqualTo("が");
  }

  @Test
  void katakanaAndHiraganaAreTheSame() {
    assertThat(Fold.words("ヤマダ・タロー")).isEqualTo(Fold.words("やまだ たろー")).hasSize(2);
  }

  @Test
  void wordsAreSplitAtWhatIsNoLetter() {
    assertThat(Fold.words("O'Neil-Smith, Mary  Ann"))
        .containsExactly("o", "neil", "smith", "mary", "ann");
  }
}
