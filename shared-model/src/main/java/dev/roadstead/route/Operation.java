package dev.roadstead.route;

import static dev.roadstead.error.ErrorCode.BLOB_UNKNOWN;
import static dev.roadstead.error.ErrorCode.BLOB_UPLOAD_INVALID;
import static dev.roadstead.error.ErrorCode.BLOB_UPLOAD_UNKNOWN;
import static dev.roadstead.error.ErrorCode.CONTENT_TOO_LARGE;
import static dev.roadstead.error.ErrorCode.DENIED;
import static dev.roadstead.error.ErrorCode.DIGEST_INVALID;
import static dev.roadstead.error.ErrorCode.IN_USE;
import static dev.roadstead.error.ErrorCode.MANIFEST_BLOB_UNKNOWN;
import static dev.roadstead.error.ErrorCode.MANIFEST_INVALID;
import static dev.roadstead.error.ErrorCode.MANIFEST_UNKNOWN;
import static dev.roadstead.error.ErrorCode.NAME_INVALID;
import static dev.roadstead.error.ErrorCode.NAME_UNKNOWN;
import static dev.roadstead.error.ErrorCode.PAGE_INVALID;
import static dev.roadstead.error.ErrorCode.PATH_UNKNOWN;
import static dev.roadstead.error.ErrorCode.RELAY_ASLEEP;
import static dev.roadstead.error.ErrorCode.REQUEST_INVALID;
import static dev.roadstead.error.ErrorCode.SIZE_INVALID;
import static dev.roadstead.error.ErrorCode.TAG_INVALID;
import static dev.roadstead.error.ErrorCode.UNAUTHORIZED;
import static dev.roadstead.error.ErrorCode.UPLOAD_RANGE_INVALID;
import static dev.roadstead.error.ErrorCode.URI_TOO_LONG;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.route.Address.Place;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoint table: every operation of the API, each one function. Routers, function packages and
 * documentation are made from it.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are copied and never written
public enum Operation implements Task {
  PING(Place.BASE, Action.PING, EnumSet.of(Method.GET, Method.HEAD), Set.of()),
  LIST_CATALOG(
      Place.CATALOG,
      Action.LIST_REPOSITORIES,
      EnumSet.of(Method.GET),
      Set.of(PAGE_INVALID, DENIED)),
  LIST_TAGS(
      Place.TAGS,
      Action.PULL,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, NAME_UNKNOWN, PAGE_INVALID, DENIED)),
  LIST_REFERRERS(
      Place.REFERRERS,
      Action.PULL,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, DIGEST_INVALID, DENIED)),
  HEAD_MANIFEST(
      Place.MANIFEST,
      Action.PULL,
      EnumSet.of(Method.HEAD),
      Set.of(NAME_INVALID, DIGEST_INVALID, MANIFEST_UNKNOWN, DENIED)),
  GET_MANIFEST(
      Place.MANIFEST,
      Action.PULL,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, DIGEST_INVALID, MANIFEST_UNKNOWN, DENIED)),
  PUT_MANIFEST(
      Place.MANIFEST,
      Action.PUSH,
      EnumSet.of(Method.PUT),
      Set.of(
          NAME_INVALID,
          TAG_INVALID,
          DIGEST_INVALID,
          MANIFEST_INVALID,
          MANIFEST_BLOB_UNKNOWN,
          CONTENT_TOO_LARGE,
          URI_TOO_LONG,
          DENIED)),
  DELETE_MANIFEST(
      Place.MANIFEST,
      Action.DELETE,
      EnumSet.of(Method.DELETE),
      Set.of(NAME_INVALID, DIGEST_INVALID, MANIFEST_UNKNOWN, IN_USE, DENIED)),
  HEAD_BLOB(
      Place.BLOB,
      Action.PULL,
      EnumSet.of(Method.HEAD),
      Set.of(NAME_INVALID, DIGEST_INVALID, BLOB_UNKNOWN, DENIED)),
  GET_BLOB(
      Place.BLOB,
      Action.PULL,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, DIGEST_INVALID, BLOB_UNKNOWN, DENIED)),
  DELETE_BLOB(
      Place.BLOB,
      Action.DELETE,
      EnumSet.of(Method.DELETE),
      Set.of(NAME_INVALID, DIGEST_INVALID, BLOB_UNKNOWN, IN_USE, DENIED)),
  START_UPLOAD(
      Place.UPLOADS,
      Action.PUSH,
      EnumSet.of(Method.POST),
      Set.of(NAME_INVALID, DIGEST_INVALID, CONTENT_TOO_LARGE, DENIED, RELAY_ASLEEP)),
  APPEND_CHUNK(
      Place.UPLOAD,
      Action.PUSH,
      EnumSet.of(Method.PATCH),
      Set.of(
          NAME_INVALID,
          BLOB_UPLOAD_UNKNOWN,
          BLOB_UPLOAD_INVALID,
          UPLOAD_RANGE_INVALID,
          SIZE_INVALID,
          CONTENT_TOO_LARGE,
          DENIED)),
  FINISH_UPLOAD(
      Place.UPLOAD,
      Action.PUSH,
      EnumSet.of(Method.PUT),
      Set.of(
          NAME_INVALID,
          BLOB_UPLOAD_UNKNOWN,
          BLOB_UPLOAD_INVALID,
          UPLOAD_RANGE_INVALID,
          DIGEST_INVALID,
          SIZE_INVALID,
          CONTENT_TOO_LARGE,
          DENIED)),
  UPLOAD_STATUS(
      Place.UPLOAD,
      Action.PUSH,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, BLOB_UPLOAD_UNKNOWN, DENIED)),
  CANCEL_UPLOAD(
      Place.UPLOAD,
      Action.PUSH,
      EnumSet.of(Method.DELETE),
      Set.of(NAME_INVALID, BLOB_UPLOAD_UNKNOWN, DENIED)),
  ISSUE_TOKEN(
      Place.TOKEN,
      Action.SIGN_IN,
      EnumSet.of(Method.GET, Method.POST),
      Set.of(REQUEST_INVALID, UNAUTHORIZED, PATH_UNKNOWN)),
  STATUS(Place.STATUS, Action.ADMINISTER, EnumSet.of(Method.GET), Set.of(DENIED)),
  USERS(Place.USERS, Action.ADMINISTER, EnumSet.of(Method.GET, Method.PUT, Method.PATCH)),
  ROBOTS(Place.ROBOTS, Action.ADMINISTER, EnumSet.of(Method.GET, Method.POST, Method.PATCH)),
  GROUPS(Place.GROUPS, Action.ADMINISTER, EnumSet.of(Method.GET, Method.PUT, Method.PATCH)),
  GRANTS(Place.GRANTS, Action.ADMINISTER, EnumSet.of(Method.GET, Method.POST, Method.DELETE)),
  EXPLAIN_ACCESS(Place.ACCESS, Action.ADMINISTER, EnumSet.of(Method.GET)),
  AUDIT(Place.AUDIT, Action.ADMINISTER, EnumSet.of(Method.GET)),
  IMMUTABILITY(
      Place.IMMUTABILITY, Action.ADMINISTER, EnumSet.of(Method.GET, Method.POST, Method.DELETE)),
  START_CHECK(
      Place.CHECK, Action.ADMINISTER, EnumSet.of(Method.POST), Set.of(REQUEST_INVALID, DENIED)),
  READ_CHECK(Place.CHECK, Action.ADMINISTER, EnumSet.of(Method.GET), Set.of(DENIED)),
  LIST_TAG_HISTORY(
      Place.TAG_HISTORY,
      Action.ADMINISTER,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, TAG_INVALID, REQUEST_INVALID, DENIED)),
  RESTORE_TAG(
      Place.TAG_HISTORY,
      Action.ADMINISTER,
      EnumSet.of(Method.POST),
      Set.of(NAME_INVALID, TAG_INVALID, MANIFEST_UNKNOWN, REQUEST_INVALID, DENIED)),
  LIST_PULLS(
      Place.PULLS,
      Action.ADMINISTER,
      EnumSet.of(Method.GET),
      Set.of(NAME_INVALID, REQUEST_INVALID, DENIED)),
  SHOW_COLLECTION(
      Place.COLLECTION, Action.ADMINISTER, EnumSet.of(Method.GET), Set.of(REQUEST_INVALID, DENIED)),
  COLLECT(
      Place.COLLECTION,
      Action.ADMINISTER,
      EnumSet.of(Method.POST),
      Set.of(REQUEST_INVALID, DENIED)),
  LIST_TRASH(Place.TRASH, Action.ADMINISTER, EnumSet.of(Method.GET), Set.of(NAME_INVALID, DENIED)),
  UNDELETE(
      Place.TRASH,
      Action.ADMINISTER,
      EnumSet.of(Method.POST),
      Set.of(
          NAME_INVALID, DIGEST_INVALID, MANIFEST_UNKNOWN, NAME_UNKNOWN, REQUEST_INVALID, DENIED)),
  DELETE_REPOSITORY(
      Place.REPOSITORY,
      Action.ADMINISTER,
      EnumSet.of(Method.DELETE),
      Set.of(NAME_INVALID, NAME_UNKNOWN, DENIED));

  private final Place place;
  private final Action action;
  private final Set<Method> methods;
  private final Set<ErrorCode> errors;

  Operation(Place place, Action action, Set<Method> methods, Set<ErrorCode> errors) {
    this.place = place;
    this.action = action;
    this.methods = Set.copyOf(methods);
    this.errors = Set.copyOf(errors);
  }

  /** A resource of administration, which refuses what it does not understand. */
  Operation(Place place, Action action, Set<Method> methods) {
    this(place, action, methods, Set.of(REQUEST_INVALID, DENIED));
  }

  /** What the body of a request is. */
  public enum Body {
    /** There is none. */
    NONE,
    /** A manifest, as it shall be stored. */
    MANIFEST,
    /** A blob or a part of one, of any length. */
    BLOB,
    /** A JSON object that says what is to be administered. */
    DOCUMENT,
    /** The fields of a form. */
    FORM
  }

  /** The operation that answers this method at this place, if there is one. */
  public static Optional<Operation> at(Place place, Method method) {
    for (var operation : values()) {
      if (operation.place == place && operation.methods.contains(method)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }

  /** The methods that a place takes, for the {@code Allow} header. */
  public static List<Method> methodsAt(Place place) {
    var methods = EnumSet.noneOf(Method.class);
    for (var operation : values()) {
      if (operation.place == place) {
        methods.addAll(operation.methods);
      }
    }
    return List.copyOf(methods);
  }

  @Override
  public String functionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean hashesBlobs() {
    return body() == Body.BLOB || this == START_CHECK;
  }

  /** What its requests carry. */
  public Body body() {
    if (!takesBytes()) {
      return Body.NONE;
    }
    if (place.isAdministration()) {
      return Body.DOCUMENT;
    }
    if (action == Action.SIGN_IN) {
      return Body.FORM;
    }
    return place == Place.MANIFEST ? Body.MANIFEST : Body.BLOB;
  }

  private boolean takesBytes() {
    return methods.contains(Method.POST)
        || methods.contains(Method.PATCH)
        || methods.contains(Method.PUT);
  }

  /** Where it is. */
  public Place place() {
    return place;
  }

  /** The right it needs. */
  public Action action() {
    return action;
  }

  /** The methods it answers. */
  public Set<Method> methods() {
    return methods;
  }

  /** What it may refuse with, besides what every operation may (401, 429, 5xx). */
  public Set<ErrorCode> errors() {
    return errors;
  }
}
