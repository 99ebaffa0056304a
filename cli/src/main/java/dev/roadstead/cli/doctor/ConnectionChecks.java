package dev.roadstead.cli.doctor;

import static dev.roadstead.cli.doctor.Visit.require;

import dev.roadstead.cli.doctor.Check.Unexpected;
import dev.roadstead.route.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the registry is one, and whether it can be reached as clients reach it. */
final class ConnectionChecks {
  /** Signatures of requests to object stores are refused when clocks differ by 15 minutes. */
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private static final Duration CERTIFICATE_RESERVE = Duration.ofDays(14);

  static final List<Check> ALL =
      List.of(
          new Check(
              "version",
              Set.of(Operation.PING),
              "is this the address of a registry? /v2/ has to answer 200, or 401 with a challenge",
              ConnectionChecks::version),
          new Check(
              "challenge",
              Set.of(),
              "a 401 without WWW-Authenticate cannot be answered; a proxy may have dropped it",
              ConnectionChecks::challenge),
          new Check(
              "login",
              Set.of(Operation.ISSUE_TOKEN),
              "set ROADSTEAD_USER and ROADSTEAD_PASSWORD, or log in with docker login",
              ConnectionChecks::login),
          new Check(
              "certificate",
              Set.of(),
              "renew the certificate; clients refuse an expired one",
              ConnectionChecks::certificate),
          new Check(
              "clock",
              Set.of(),
              "set the clocks of the registry and of this machine",
              ConnectionChecks::clock),
          new Check(
              "errors",
              Set.of(Operation.GET_MANIFEST),
              "errors have to be the specification's JSON; a proxy may answer in its own way",
              ConnectionChecks::errors));

  private ConnectionChecks() {}

  private static Finding version(Visit visit) throws IOException {
    int status = visit.sendAnonymously(visit.to("GET", "")).status();
    require(status == 200 || status == 401, "GET /v2/ answered " + status);
    return new Finding.Passed(status == 200 ? "open" : "wants a login");
  }

  private static Finding challenge(Visit visit) throws IOException {
    for (var method : List.of("GET", "HEAD")) {
      var reply = visit.sendAnonymously(visit.to(method, ""));
      if (reply.status() != 401) {
        return new Finding.Skipped("the registry asks for no login");
      }
      var challenge = reply.header("WWW-Authenticate").toLowerCase(Locale.ROOT);
      require(
          challenge.startsWith("bearer ") || challenge.startsWith("basic"),
          method + " /v2/ answered 401 with the challenge '" + challenge + "'");
    }
    return new Finding.Passed("GET and HEAD");
  }

  private static Finding login(Visit visit) throws IOException {
    if (visit.sendAnonymously(visit.to("GET", "")).status() == 200) {
      return new Finding.Skipped("the registry asks for no login");
    }
    visit.expect(visit.to("GET", ""), 200);
    return new Finding.Passed("the credentials are taken");
  }

  private static Finding certificate(Visit visit) throws IOException {
    var end = visit.sendAnonymously(visit.to("GET", "")).certificateEnds();
    if (end.isEmpty()) {
      return new Finding.Skipped("plain http, on this machine");
    }
    var left = Duration.between(visit.clock().instant(), end.get());
    require(left.compareTo(CERTIFICATE_RESERVE) > 0, "valid for " + left.toDays() + " days");
    return new Finding.Passed("valid for " + left.toDays() + " days");
  }

  private static Finding clock(Visit visit) throws IOException {
    var date = visit.sendAnonymously(visit.to("GET", "")).header("Date");
    if (date.isEmpty()) {
      return new Finding.Skipped("answers carry no Date");
    }
    var difference = Duration.between(instant(date), visit.clock().instant()).abs();
    require(
        difference.compareTo(MAX_CLOCK_DIFFERENCE) < 0,
        "the registry's clock and ours differ by " + difference.toSeconds() + " s");
    return new Finding.Passed("they differ by " + difference.toSeconds() + " s");
  }

  private static Instant instant(String date) {
    try {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException malformed) {
      throw new Unexpected("Date is '" + date + "'");
    }
  }

  private static Finding errors(Visit visit) throws IOException {
    var reply = visit.expect(visit.request("GET", "manifests/no-such-tag"), 404);
    var body = new String(reply.body(), StandardCharsets.UTF_8);
    require(
        body.contains("\"errors\"") && body.contains("UNKNOWN"),
        "a missing manifest is answered without the specification's error");
    return new Finding.Passed("in JSON");
  }
}
