package dev.roadstead.infra.function;

import static dev.roadstead.infra.function.Right.CHANGE_ITEMS;
import static dev.roadstead.infra.function.Right.CHANGE_SECRETS;
import static dev.roadstead.infra.function.Right.CLAIM;
import static dev.roadstead.infra.function.Right.COUNT_LOGINS;
import static dev.roadstead.infra.function.Right.DELETE_OBJECTS;
import static dev.roadstead.infra.function.Right.FIND_CANDIDATES;
import static dev.roadstead.infra.function.Right.LIST_OBJECTS;
import static dev.roadstead.infra.function.Right.READ_CHANGES;
import static dev.roadstead.infra.function.Right.READ_ITEMS;
import static dev.roadstead.infra.function.Right.READ_OBJECTS;
import static dev.roadstead.infra.function.Right.READ_SECRETS;
import static dev.roadstead.infra.function.Right.REPORT_FAILURES;
import static dev.roadstead.infra.function.Right.SCAN_ITEMS;
import static dev.roadstead.infra.function.Right.STORE_OBJECTS;
import static dev.roadstead.infra.function.Right.TELL_EDGE;
import static dev.roadstead.infra.function.Right.WAKE_RELAY;

import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rights table: what the function of each task may do, and no more. A test compares it with
 * what the task's code can reach.
 */
public final class Rights {
  private Rights() {}

  /** The rights of a task's function. */
  public static Set<Right> of(Task task) {
    return switch (task) {
      case Operation operation -> ofOperation(operation);
      case Job job -> ofJob(job);
    };
  }

  /** Besides its own work every operation finds out who asks, and counts who fails to say. */
  private static Set<Right> ofOperation(Operation operation) {
    var rights = EnumSet.of(READ_ITEMS, READ_SECRETS);
    rights.addAll(ofEndpoint(operation));
    if (!rights.contains(CHANGE_ITEMS)) {
      rights.add(COUNT_LOGINS);
    }
    return rights;
  }

  private static Set<Right> ofJob(Job job) {
    return switch (job) {
      case BLOB_CREATED ->
          Set.of(READ_ITEMS, CHANGE_ITEMS, READ_OBJECTS, DELETE_OBJECTS, REPORT_FAILURES);
      case COUNT_PULLS, RECORD_REFUSALS -> Set.of(READ_ITEMS, CHANGE_ITEMS, REPORT_FAILURES);
      case RUN_COLLECTOR ->
          Set.of(
              READ_ITEMS,
              CHANGE_ITEMS,
              FIND_CANDIDATES,
              STORE_OBJECTS,
              DELETE_OBJECTS,
              CLAIM,
              REPORT_FAILURES);
      case UPDATE_EDGE ->
          Set.of(
              READ_ITEMS, READ_SECRETS, CHANGE_SECRETS, TELL_EDGE, READ_CHANGES, REPORT_FAILURES);
      case SET_ADMINISTRATOR -> Set.of(READ_ITEMS, CHANGE_ITEMS);
    };
  }

  private static Set<Right> ofEndpoint(Operation operation) {
    return switch (operation) {
      case PING -> Set.of();
      case LIST_CATALOG,
          LIST_TAGS,
          HEAD_MANIFEST,
          UPLOAD_STATUS,
          STATUS,
          READ_CHECK,
          LIST_TAG_HISTORY,
          LIST_PULLS,
          LIST_TRASH,
          EXPLAIN_ACCESS,
          AUDIT ->
          Set.of(READ_ITEMS);
      case LIST_REFERRERS, GET_MANIFEST -> Set.of(READ_ITEMS, READ_OBJECTS);
      case HEAD_BLOB, GET_BLOB, DELETE_BLOB ->
          Set.of(READ_ITEMS, CHANGE_ITEMS, READ_OBJECTS, DELETE_OBJECTS, CLAIM);
      case PUT_MANIFEST, UNDELETE ->
          Set.of(READ_ITEMS, CHANGE_ITEMS, READ_OBJECTS, STORE_OBJECTS, DELETE_OBJECTS, CLAIM);
      case START_UPLOAD ->
          Set.of(
              READ_ITEMS,
              CHANGE_ITEMS,
              READ_OBJECTS,
              STORE_OBJECTS,
              DELETE_OBJECTS,
              CLAIM,
              WAKE_RELAY);
      case APPEND_CHUNK, FINISH_UPLOAD ->
          Set.of(READ_ITEMS, CHANGE_ITEMS, READ_OBJECTS, STORE_OBJECTS, DELETE_OBJECTS);
      case CANCEL_UPLOAD,
          DELETE_MANIFEST,
          RESTORE_TAG,
          DELETE_REPOSITORY,
          ISSUE_TOKEN,
          USERS,
          ROBOTS,
          GROUPS,
          GRANTS,
          IMMUTABILITY ->
          Set.of(READ_ITEMS, CHANGE_ITEMS);
      case START_CHECK -> Set.of(READ_ITEMS, CHANGE_ITEMS, SCAN_ITEMS, READ_OBJECTS, LIST_OBJECTS);
      case SHOW_COLLECTION -> Set.of(READ_ITEMS, FIND_CANDIDATES);
      case COLLECT ->
          Set.of(READ_ITEMS, CHANGE_ITEMS, FIND_CANDIDATES, STORE_OBJECTS, DELETE_OBJECTS, CLAIM);
    };
  }
}
