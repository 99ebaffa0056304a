package dev.roadstead.lambda;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.crac.Core;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;

/**
 * The start class of every function; the environment says which one it is to be. That one is
 * registered by hand, and it alone: nothing is scanned, and the adapter never has to ask a
 * request's headers which function is meant, as it does when it finds several.
 */
public final class RegistryFunction
    implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final ResolvableType TYPE =
      ResolvableType.forClassWithGenerics(Function.class, InputStream.class, byte[].class);

  private final Supplier<Wiring> wiring;

  /** Called by Spring. */
  public RegistryFunction() {
    this(Wiring::ofProcess);
  }

  /** The same on something else. */
  RegistryFunction(Supplier<Wiring> wiring) {
    this.wiring = wiring;
  }

  /** Called by Spring, once. */
  @Override
  public void initialize(GenericApplicationContext context) {
    var wired = wiring.get();
    var name = wired.task().functionName();
    var handler = wired.handler();
    var priming = wired.priming(handler);
    Core.getGlobalContext().register(priming);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource("function", Map.of("spring.cloud.function.definition", name)));
    context.registerBean(
        name,
        FunctionRegistration.class,
        () -> new FunctionRegistration<>(handler, name).type(TYPE.getType()));
    // The global context does not hold on to what is registered there.
    context.registerBean(Priming.class, () -> priming);
  }
}
