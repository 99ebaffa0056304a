package dev.roadstead.endpoints.admin;

import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Glob;
import dev.roadstead.registry.ImmutableTags;
import dev.roadstead.rule.ImmutabilityRule;
import dev.roadstead.wire.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /api/v1/immutability}: GET lists the rules about tags that stay where they are; POST adds
 * one ({@code repository}, {@code tag}, {@code except}, a list); DELETE takes one back, described
 * by query parameters of the same names, {@code except} with commas between.
 */
public final class Immutability implements Endpoint {
  private static final String REPOSITORY = "repository";
  private static final String TAG = "tag";
  private static final String EXCEPT = "except";

  private final ImmutableTags tags;

  /** The rules about these tags. */
  public Immutability(ImmutableTags tags) {
    this.tags = tags;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return switch (request.method()) {
      case POST -> {
        var document = RequestDocument.read(request.body(), Set.of(REPOSITORY, TAG, EXCEPT));
        var rule = rule(document.text(REPOSITORY), document.textIfAny(TAG), document.texts(EXCEPT));
        tags.add(rule, request.caller(), request.network());
        yield answer(List.of(rule));
      }
      case DELETE -> {
        var except = request.parameter(EXCEPT).map(text -> Arrays.asList(text.split(",", -1)));
        var rule =
            rule(
                request.parameter(REPOSITORY).orElse(""),
                request.parameter(TAG),
                except.orElse(List.of()));
        tags.remove(rule, request.caller(), request.network());
        yield answer(List.of(rule));
      }
      case GET, HEAD, PUT, PATCH -> answer(tags.rules());
    };
  }

  private static ImmutabilityRule rule(
      String repository, Optional<String> tag, List<String> except) {
    try {
      return new ImmutabilityRule(
          new Glob(repository),
          tag.map(Glob::new).orElse(Glob.ANY),
          except.stream().map(Glob::new).toList());
    } catch (IllegalArgumentException wrong) {
      throw ErrorCode.REQUEST_INVALID.about(String.valueOf(wrong.getMessage()));
    }
  }

  private static Answer answer(List<ImmutabilityRule> rules) {
    return Reply.of(
        json -> {
          json.writeArrayPropertyStart("rules");
          for (var rule : rules) {
            json.writeStartObject();
            json.writeStringProperty(REPOSITORY, rule.repositories().text());
            json.writeStringProperty(TAG, rule.tags().text());
            json.writeArrayPropertyStart(EXCEPT);
            rule.except().forEach(glob -> json.writeString(glob.text()));
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
