package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a registry answered. Whatever a test asks, no answer is a failure of the server. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record Reply(String method, int status, HttpHeaders headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  Reply {
    // 502 is no answer of ours, but what a function's URL says when its process was killed.
    assertThat(status)
        .as(new String(body, StandardCharsets.UTF_8))
        .matches(each -> each < 500 || each == 502);
  }

  /** This, if it has the status. */
  Reply expect(int expected) {
    assertThat(status).as("status of %s: %s", method, beginning()).isEqualTo(expected);
    return this;
  }

  /**
   * This, if it refuses with this status and code, in the form of the spec and in words for a
   * person. A HEAD has no room for the code.
   */
  Reply expectError(int expected, String code) {
    expect(expected);
    if (!method.equals("HEAD")) {
      assertThat(errors()).extracting(Entry::code).as(text()).containsOnly(code);
    }
    return this;
  }

  /**
   * One entry of an error body.
   *
   * @param detail what the entry says besides, as JSON
   */
  record Entry(String code, String message, String detail) {}

  /** The errors in the body, which has to be in the spec's form. */
  List<Entry> errors() {
    assertThat(header("Content-Type")).isEqualTo("application/json");
    assertThat(json().propertyNames()).containsExactly("errors");
    var errors = new ArrayList<Entry>();
    for (var entry : json().get("errors")) {
      assertThat(entry.propertyNames()).isSubsetOf("code", "message", "detail");
      var message = entry.get("message").asString();
      assertThat(entry.get("code").asString()).matches("[A-Z_]+");
      assertThat(message)
          .hasSizeGreaterThan(10)
          .doesNotContain("Exception", "dev.roadstead", "java.", "\tat ", "\n");
      errors.add(new Entry(entry.get("code").asString(), message, entry.path("detail").toString()));
    }
    assertThat(errors).isNotEmpty();
    return errors;
  }

  /** A header that must be there, once. */
  String header(String name) {
    assertThat(headers.allValues(name)).as("%s of a %d", name, status).hasSize(1);
    return headers.allValues(name).getFirst();
  }

  Optional<String> headerIfAny(String name) {
    return headers.firstValue(name);
  }

  JsonNode json() {
    return JSON.readTree(body);
  }

  /** A list of texts in the body. */
  List<String> texts(String property) {
    return json().get(property).valueStream().map(JsonNode::asString).toList();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private String beginning() {
    return new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
  }

  /** The address of the next page, if there is one. */
  Optional<String> next() {
    return headerIfAny("Link")
        .map(
            link -> {
              assertThat(link).matches("<[^>]+>; ?rel=\"next\"");
              return link.substring(1, link.indexOf('>'));
            });
  }
}
