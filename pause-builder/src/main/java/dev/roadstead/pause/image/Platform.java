package dev.roadstead.pause.image;

import dev.roadstead.pause.binary.Architecture;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The platforms the image is made for (OCI image spec, "Image Index", property platform). */
public enum Platform {
  /** x86, 64 bit. */
  LINUX_AMD64("amd64", "", Architecture.AMD64),
  /** Arm, 64 bit. */
  LINUX_ARM64("arm64", "v8", Architecture.ARM64),
  /** Arm, 32 bit, version 7. */
  LINUX_ARM_V7("arm", "v7", Architecture.ARM),
  /** Power, 64 bit, little endian. */
  LINUX_PPC64LE("ppc64le", "", Architecture.PPC64LE),
  /** IBM Z. */
  LINUX_S390X("s390x", "", Architecture.S390X),
  /** RISC-V, 64 bit. */
  LINUX_RISCV64("riscv64", "", Architecture.RISCV64),
  /** LoongArch, 64 bit. */
  LINUX_LOONG64("loong64", "", Architecture.LOONG64);

  /** {@code os} of every platform here. */
  static final String OS = "linux";

  private final String architecture;
  private final String variant;
  private final Architecture binary;

  Platform(String architecture, String variant, Architecture binary) {
    this.architecture = architecture;
    this.variant = variant;
    this.binary = binary;
  }

  /**
   * Reads {@code linux/amd64}; arm64 may leave out its variant, as is the custom.
   *
   * @throws IllegalArgumentException naming the platforms there are
   */
  public static Platform parse(String text) {
    return Arrays.stream(values())
        .filter(platform -> text.equals(platform.toString()) || text.equals(platform.fullName()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no pause for platform '" + text + "'; there are " + all()));
  }

  /** {@code architecture} as Go and so the image spec call it. */
  String architecture() {
    return architecture;
  }

  /** {@code variant}; empty where the architecture has none. */
  String variant() {
    return variant;
  }

  /** What the executable is written for. */
  Architecture binary() {
    return binary;
  }

  /** As users name it, for example {@code linux/arm/v7}. */
  @Override
  public String toString() {
    return this == LINUX_ARM64 ? OS + "/" + architecture : fullName();
  }

  private String fullName() {
    return OS + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }

  private static String all() {
    return Arrays.stream(values()).map(Platform::toString).collect(Collectors.joining(", "));
  }
}
