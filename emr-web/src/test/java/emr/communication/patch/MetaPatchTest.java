package emr.communication.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaPatchTest {

  private static final String TAGGED =
      "{'resourceType':'Patient','meta':{'tag':[{'system':'s','code':'a','display':'A'}],"
          + "'profile':['p']},'active':true}";

  private static ObjectNode json(String text) {
    return FhirJson.read(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static ObjectNode meta(String meta) {
    return json(
        "{'resourceType':'Parameters','parameter':[{'name':'meta','valueMeta':" + meta + "}]}");
  }

  private static ObjectNode added(String resource, String meta) {
    return MetaPatch.adding(meta(meta)).apply(json(resource));
  }

  private static ObjectNode removed(String resource, String meta) {
    return MetaPatch.removing(meta(meta)).apply(json(resource));
  }

  @Test
  void whatIsThereIsNotAddedAgain() {
    assertThat(added(TAGGED, "{'tag':[{'system':'s','code':'a','version':'2'}],'profile':['p']}"))
        .isEqualTo(json(TAGGED));
  }

  @Test
  void whatIsNewIsAddedBehind() {
    assertThat(
            added(
                TAGGED,
                "{'tag':[{'system':'s','code':'b'},{'code':'a'}],'security':[{'code':'R'}],"
                    + "'profile':['q'],'versionId':'7','source':'x'}"))
        .isEqualTo(
            json(
                "{'resourceType':'Patient','meta':{'tag':[{'system':'s','code':'a','display':'A'},"
                    + "{'system':'s','code':'b'},{'code':'a'}],'profile':['p','q'],"
                    + "'security':[{'code':'R'}]},'active':true}"));
    assertThat(added("{'resourceType':'Patient'}", "{'profile':['q']}"))
        .isEqualTo(json("{'resourceType':'Patient','meta':{'profile':['q']}}"));
  }

  @Test
  void whatIsTakenAwayLeavesNothingEmpty() {
    assertThat(removed(TAGGED, "{'tag':[{'system':'s','code':'a'}],'profile':['p']}"))
        .isEqualTo(json("{'resourceType':'Patient','active':true}"));
    assertThat(removed(TAGGED, "{'tag':[{'code':'a'},{'system':'s','code':'z'}]}"))
        .isEqualTo(json(TAGGED));
    assertThat(removed("{'resourceType':'Patient'}", "{'profile':['q']}"))
        .isEqualTo(json("{'resourceType':'Patient'}"));
  }

  @Test
  void whatIsSaidBesideAPrimitiveGoesWithIt() {
    assertThat(
            removed(
                "{'meta':{'profile':['p','q'],'_profile':[{'id':'1'},{'id':'2'}]}}",
                "{'profile':['p']}"))
        .isEqualTo(json("{'meta':{'profile':['q'],'_profile':[{'id':'2'}]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceType':'Parameters'}",
        "{'resourceType':'Patient'}",
        "{'parameter':[{'name':'meta','valueString':'x'}]}",
        "{'parameter':[{'name':'other','valueMeta':{}}]}",
        "{'parameter':[{'name':'meta','valueMeta':{'tag':{'code':'a'}}}]}"
      })
  void withoutAMetaThereIsNothingToDo(String parameters) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> MetaPatch.adding(json(parameters)))
        .returns(Reason.MALFORMED, Refusal::reason);
  }
}
