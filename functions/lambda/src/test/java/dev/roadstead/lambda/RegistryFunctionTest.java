package dev.roadstead.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogInitializer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A function under Spring's adapter, as the Java runtime starts it. */
class RegistryFunctionTest {
  private static final MapPropertySource FUNCTIONAL =
      new MapPropertySource("test", Map.of("spring.functional.enabled", true));

  @AfterEach
  void chooseNone() {
    System.clearProperty("MAIN_CLASS");
  }

  /** On DynamoDB and S3, as the environment in the build file says; making it calls nothing. */
  @ParameterizedTest
  @MethodSource("dev.roadstead.route.Task#all")
  void isTheOnlyFunctionOfItsContext(Task task) {
    var variables = new HashMap<>(System.getenv());
    variables.put("ROADSTEAD_FUNCTION", task.functionName());
    if (task == Job.UPDATE_EDGE) { // there is an edge to update only in an installation
      variables.put("ROADSTEAD_SECRETS_TABLE", "secrets");
      variables.put(
          "ROADSTEAD_EDGE_STORE", "arn:aws:cloudfront::111122223333:key-value-store/edge");
    }
    var start = new RegistryFunction(() -> Wiring.of(variables));
    try (var context = new GenericApplicationContext()) {
      context.getEnvironment().getPropertySources().addFirst(FUNCTIONAL);
      start.initialize(context);
      new ContextFunctionCatalogInitializer().initialize(context);
      context.refresh();

      assertThat(context.getBean(FunctionCatalog.class).getNames(null))
          .containsExactly(task.functionName());
      assertThat(context.getBeansOfType(FunctionRegistration.class)).hasSize(1);
    }
  }

  @Test
  void answersEvents() throws IOException {
    var answer = invoke(Event.get("/v2/team/app/manifests/v1"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("MANIFEST_UNKNOWN");
  }

  /** With several functions, or none, the adapter would take the name from here. */
  @Test
  void letsNoHeaderChooseAnotherFunction() throws IOException {
    var headers =
        Map.of(
            "spring.cloud.function.definition", "put-manifest",
            "spring.cloud.function.routing-expression", "'put-manifest'");
    var event = new Event("GET", "/v2/team/app/manifests/v1", "", headers, new byte[0]);

    assertThat(invoke(event).text()).contains("MANIFEST_UNKNOWN");
  }

  @Test
  void logsNoCredentials() throws IOException {
    var log = new ByteArrayOutputStream();
    var out = System.out;
    var err = System.err;
    try (var printer = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      System.setOut(printer);
      System.setErr(printer);
      invoke(Event.get("/v2/team/app/manifests/v1").with("authorization", "Bearer a-secret-token"));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }

    assertThat(log.toString(StandardCharsets.UTF_8))
        .doesNotContain("a-secret-token")
        .doesNotContain("authorization");
  }

  private static Response invoke(Event event) throws IOException {
    System.setProperty("MAIN_CLASS", OnMemory.class.getName());
    var output = new ByteArrayOutputStream();
    new FunctionInvoker().handleRequest(new ByteArrayInputStream(event.json()), output, null);
    return Response.parse(output.toByteArray());
  }

  /** Starts {@code get-manifest} on stores in memory. */
  public static final class OnMemory
      implements ApplicationContextInitializer<GenericApplicationContext> {
    @Override
    public void initialize(GenericApplicationContext context) {
      new RegistryFunction(() -> new MemoryFunctions().wiring(Operation.GET_MANIFEST))
          .initialize(context);
    }
  }
}
