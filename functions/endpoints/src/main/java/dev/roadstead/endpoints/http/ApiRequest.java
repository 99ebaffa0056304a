package dev.roadstead.endpoints.http;

import dev.roadstead.access.AccountAuthenticator;
import dev.roadstead.access.TokenService;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.route.Action;
import dev.roadstead.route.Address;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Decision.Question;
import dev.roadstead.rule.Decision.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A request to a function, before any event format. Its accessors read the parts of the address and
 * refuse with the spec's error what is none.
 *
 * @param headers by lower-case name; several values of one name in their order
 * @param query decoded parameters; several values of one name in their order
 * @param body the whole body; never longer than {@link Limits#FUNCTION_BODY_BYTES}
 * @param network the address it comes from, as numbers; empty where it cannot be told
 * @param access who asks, and what they may do: nothing, until {@link Guarded} has found it out
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ApiRequest(
    Operation operation,
    Method method,
    Address address,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body,
    String network,
    Access access) {
  /** How many tags one push may give; the spec asks for ten. */
  private static final int MAX_TAGS = 50;

  private static final String BASIC = "Basic ";

  /** Refuses a body over the limit with {@link IllegalArgumentException}: none may come so far. */
  public ApiRequest {
    if (body.length > Limits.FUNCTION_BODY_BYTES) {
      throw new IllegalArgumentException("no function takes a body of " + body.length + " bytes");
    }
    query = Map.copyOf(query);
    var byLowerCase = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> byLowerCase.put(name.toLowerCase(Locale.ROOT), values));
    headers = Map.copyOf(byLowerCase);
  }

  /** As it arrives: nobody knows who asks. */
  public ApiRequest(
      Operation operation,
      Method method,
      Address address,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      byte[] body,
      String network) {
    this(operation, method, address, query, headers, body, network, Access.NONE);
  }

  /** The same request, of somebody who is known. */
  public ApiRequest from(Access known) {
    return new ApiRequest(operation, method, address, query, headers, body, network, known);
  }

  /** Who asks. */
  public Caller caller() {
    return access.caller();
  }

  /** The name that was shown with a secret, be it one or not; empty where none was shown. */
  public Optional<String> shownName() {
    var basic = header("authorization").filter(text -> text.regionMatches(true, 0, BASIC, 0, 6));
    if (basic.isPresent()) {
      return AccountAuthenticator.password(basic.get().substring(BASIC.length()).strip())
          .map(TokenService.Proof.Password::name);
    }
    return operation.body() == Operation.Body.FORM
        ? form().getOrDefault("username", List.of()).stream().findFirst()
        : Optional.empty();
  }

  /** The fields of a form. */
  public Map<String, List<String>> form() {
    return RequestTarget.parse("/", new String(body, StandardCharsets.UTF_8)).query();
  }

  /** Whether whoever asks may do this too, besides what the operation itself takes. */
  public boolean may(Action action, RepositoryName repository, Optional<Tag> tag) {
    var question = new Question(caller(), action, Optional.of(repository), tag, Optional.empty());
    return access.decision().decide(question) instanceof Verdict.Allowed;
  }

  /** The repository; {@code NAME_INVALID} if it is no name. */
  public RepositoryName repository() {
    return read(address.name(), RepositoryName::new, ErrorCode.NAME_INVALID);
  }

  /**
   * The tag or digest. What is no digest is {@code DIGEST_INVALID}; what is no tag is {@code
   * TAG_INVALID} when it is to become one, and otherwise a manifest that is not there.
   */
  public Reference reference() {
    return read(address.last(), Reference::parse, noReference());
  }

  private ErrorCode noReference() {
    if (address.last().indexOf(':') >= 0) {
      return ErrorCode.DIGEST_INVALID;
    }
    return operation == Operation.PUT_MANIFEST ? ErrorCode.TAG_INVALID : ErrorCode.MANIFEST_UNKNOWN;
  }

  /**
   * The tags that a manifest is to get: the one in the address, or those of the query beside a
   * digest. {@code TAG_INVALID} if one is none, {@code URI_TOO_LONG} if there are more than {@value
   * #MAX_TAGS}.
   */
  public List<Tag> tags() {
    return switch (reference()) {
      case Tag tag -> List.of(tag);
      case Digest digest -> {
        var tags = query.getOrDefault("tag", List.of());
        if (tags.size() > MAX_TAGS) {
          throw ErrorCode.URI_TOO_LONG.about("one push gives at most " + MAX_TAGS + " tags");
        }
        yield tags.stream()
            .map(text -> read(text, Tag::new, ErrorCode.TAG_INVALID))
            .distinct()
            .toList();
      }
    };
  }

  /** The account that the address names; {@code REQUEST_INVALID} if it is none. */
  public AccountName account() {
    return read(address.last(), AccountName::new, ErrorCode.REQUEST_INVALID);
  }

  /** The digest in the address; {@code DIGEST_INVALID} if it is none. */
  public Digest digest() {
    return read(address.last(), Digest::parse, ErrorCode.DIGEST_INVALID);
  }

  /** The query parameter {@code digest}, if it is given; {@code DIGEST_INVALID} if it is none. */
  public Optional<Digest> queryDigest() {
    return parameter("digest").map(text -> read(text, Digest::parse, ErrorCode.DIGEST_INVALID));
  }

  /** The first value of a query parameter. */
  public Optional<String> parameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The first value of a header, whatever its case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Reads a text as a value, or refuses it with this error and the value's own explanation. */
  public static <T> T read(String text, Function<String, T> parser, ErrorCode otherwise)
      throws RegistryException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw otherwise.about(String.valueOf(wrong.getMessage()));
    }
  }
}
