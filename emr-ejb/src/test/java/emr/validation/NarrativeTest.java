package emr.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrativeTest {

  private static String div(String content) {
    return "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + content + "</div>";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "<p class=\"x\" style=\"color: red\">a<br/>b &lt; &#160; c</p>",
        "<table border=\"1\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>",
        "<a href=\"http://hl7.org/fhir\">x</a><a href=\"Patient/1\">y</a><a href=\"#here\">z</a>",
        "<img src=\"#attachment\" alt=\"x\"/>",
        "<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"x\"/>",
        "<p xml:lang=\"ja\">\u6cbb\u7642</p>"
      })
  void whatOnlyFormatsPasses(String content) {
    assertThat(Narrative.fault(div(content))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "<script>alert(1)</script>x",
        "<p onclick=\"alert(1)\">x</p>",
        "<p onClick=\"alert(1)\">x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\" jAvAsCrIpT:alert(1)\">x</a>",
        "<a href=\"vbscript:x\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\" alt=\"x\"/>",
        "<form action=\"http://evil\"><input/></form>x",
        "<iframe src=\"http://evil\"></iframe>x",
        "<object data=\"x\"/>x",
        "<link rel=\"stylesheet\" href=\"http://evil\"/>x",
        "<style>p {}</style>x",
        "<p style=\"background: url(http://evil)\">x</p>",
        "<p style=\"width: expression(alert(1))\">x</p>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x\"/>x",
        "<p xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"x\">x</p>",
        "<p>x",
        "&nbsp;",
        "<?php x ?>x"
      })
  void whatCouldActIsFound(String content) {
    assertThat(Narrative.fault(div(content))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p xmlns=\"http://www.w3.org/1999/xhtml\">x</p>",
        "<div>x</div>",
        "<!DOCTYPE div [<!ENTITY a \"b\">]><div xmlns=\"http://www.w3.org/1999/xhtml\">&a;</div>",
        "plain"
      })
  void whatIsNoDivOfXhtmlIsFound(String text) {
    assertThat(Narrative.fault(text)).isNotNull();
  }
}
