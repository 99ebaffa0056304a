package dev.roadstead.localstack.runtime;

import dev.roadstead.store.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda Runtime API, version 2018-06-01 (AWS Lambda developer guide, "Using the Lambda runtime
 * API"), on a loopback port of its own. Every process has an address that nobody else can guess,
 * {@code /<uuid>/2018-06-01/runtime/...}, so that nothing else on the machine gets events or gives
 * answers.
 */
final class RuntimeApi extends Handler.Abstract implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeApi.class);

  private static final Pattern PATH =
      Pattern.compile("/(?<process>[0-9a-f-]{36})/2018-06-01/runtime/(?<call>.+)");
  private static final Pattern RESULT =
      Pattern.compile("invocation/(?<id>[0-9a-f-]{36})/(?<kind>response|error)");

  /** How much of an error is logged. */
  private static final int MAX_ERROR_BYTES = 2_000;

  private final Server server = new Server(new VirtualThreadPool());
  private final ServerConnector connector;
  private final Ids ids;
  private final Consumer<String> reader;
  private final Map<String, Worker> workers = new HashMap<>();

  /** Who talks to us at an address. */
  private record Worker(FunctionPool pool, FunctionProcess process) {}

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Said(int status, Map<String, String> headers, byte[] body) {
    static Said nothing(int status) {
      return new Said(status, Map.of(), new byte[0]);
    }
  }

  /**
   * An API that nobody uses yet.
   *
   * @param ids where the addresses come from
   * @param reader gets every line that processes print
   */
  RuntimeApi(Ids ids, Consumer<String> reader) {
    this.ids = ids;
    this.reader = reader;
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setIdleTimeout(0); // a process waits for work as long as there is none
    server.addConnector(connector);
    server.setHandler(this);
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException("the Lambda Runtime API does not start", failed);
    }
  }

  /** Starts a process that takes its work from a pool; none of its requests comes too early. */
  synchronized FunctionProcess start(FunctionPackage code, FunctionPool pool) throws IOException {
    var token = ids.next().toString();
    var address = connector.getHost() + ":" + connector.getLocalPort() + "/" + token;
    var process = FunctionProcess.start(code, address, reader);
    workers.put(token, new Worker(pool, process));
    var _ = process.onExit().thenRun(() -> forget(token));
    return process;
  }

  private synchronized void forget(String token) {
    workers.remove(token);
  }

  private synchronized Optional<Worker> worker(String token) {
    return Optional.ofNullable(workers.get(token));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var said = answer(request);
    response.setStatus(said.status());
    said.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, said.body().length);
    Content.Sink.write(response, true, ByteBuffer.wrap(said.body()));
    callback.succeeded();
    return true;
  }

  private Said answer(Request request) throws IOException {
    var path = PATH.matcher(request.getHttpURI().getPath());
    var worker = path.matches() ? worker(path.group("process")) : Optional.<Worker>empty();
    if (worker.isEmpty()) {
      return Said.nothing(HttpStatus.NOT_FOUND_404);
    }
    var call = path.group("call");
    return switch (call) {
      case "invocation/next" -> next(worker.get());
      case "restore/next" -> Said.nothing(HttpStatus.OK_200); // restored as soon as it is primed
      case "init/error" -> initError(worker.get(), request);
      default -> result(worker.get(), call, request);
    };
  }

  private static Said next(Worker worker) {
    try {
      return worker
          .pool()
          .next(worker.process())
          .map(invocation -> new Said(HttpStatus.OK_200, headers(invocation), invocation.event()))
          .orElse(Said.nothing(HttpStatus.GONE_410));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return Said.nothing(HttpStatus.GONE_410);
    }
  }

  /** The runtime client crashes when one of them is missing. */
  private static Map<String, String> headers(Invocation invocation) {
    return Map.of(
        "Content-Type",
        "application/json",
        "Lambda-Runtime-Aws-Request-Id",
        invocation.id(),
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(invocation.deadline().toEpochMilli()),
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:local:000000000000:function:local",
        "Lambda-Runtime-Trace-Id",
        "Root=" + invocation.id());
  }

  private static Said initError(Worker worker, Request request) throws IOException {
    worker.pool().failedToStart(worker.process(), error(request));
    return Said.nothing(HttpStatus.ACCEPTED_202);
  }

  private static Said result(Worker worker, String call, Request request) throws IOException {
    var result = RESULT.matcher(call);
    if (!result.matches()) {
      return Said.nothing(HttpStatus.NOT_FOUND_404);
    }
    if (request.getLength() > Functions.MAX_PAYLOAD_BYTES) {
      return Said.nothing(HttpStatus.PAYLOAD_TOO_LARGE_413);
    }
    var isError = result.group("kind").equals("error");
    var body = isError ? new byte[0] : Content.Source.asInputStream(request).readAllBytes();
    var why = isError ? error(request) : "";
    var invocation = worker.pool().done(worker.process(), result.group("id"));
    if (invocation.isEmpty()) {
      return Said.nothing(HttpStatus.BAD_REQUEST_400);
    }
    if (isError) {
      LOG.error("function threw: {}", why);
      invocation.get().fail("it threw");
    } else {
      invocation.get().answer().complete(body);
    }
    return Said.nothing(HttpStatus.ACCEPTED_202);
  }

  private static String error(Request request) throws IOException {
    var bytes = Content.Source.asInputStream(request).readNBytes(MAX_ERROR_BYTES);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Talks to nobody any more. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failed) {
      LOG.warn("the Lambda Runtime API does not stop cleanly", failed);
    }
  }
}
