package emr.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void aNameOfManyWordsIsFoundByItself() {
    String name =
        IntStream.range(0, 30)
            .mapToObj(i -> "word" + (char) ('a' + i % 26) + i)
            .collect(Collectors.joining(" "));

    assertThat(finds(name, name)).isTrue();
    assertThat(finds(name, name + " another")).isFalse();
  }

  private static boolean finds(String name, String asked) {
    ObjectNode organization =
        JsonNodeFactory.instance.objectNode().put("resourceType", "Organization").put("name", name);
    return EveryParameterTest.Judge.finds(
        Criteria.read("Organization", "name", asked).orElseThrow(), organization);
  }
}
