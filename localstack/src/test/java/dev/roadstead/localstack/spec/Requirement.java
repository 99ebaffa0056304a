package dev.roadstead.localstack.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which requirement of the distribution specification a test holds the registry to. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Requirement {
  /** What is required, in one sentence. */
  String value();

  /** The section of the specification that requires it. */
  Section section();

  /** Makes it one of its section; a number that was given is never given to another. */
  int number();

  /** How strongly. */
  Level level() default Level.MUST;

  /** Why the registry departs from it; empty where it does not. */
  String departure() default "";

  /** The specification's words for how strongly something is required, and one of ours. */
  enum Level {
    MUST,
    MUST_NOT,
    SHOULD,
    SHOULD_NOT,
    MAY,
    /** The specification leaves it open, but clients that people use cannot do without it. */
    CLIENTS
  }

  /** The sections of the specification that bind a registry, in its order. */
  enum Section {
    REQUIREMENTS("RQ", "Requirements"),
    PULLING_MANIFESTS("PM", "Pulling manifests"),
    PULLING_BLOBS("PB", "Pulling blobs"),
    CHECKING_CONTENT("CC", "Checking if content exists in the registry"),
    PUSH("PU", "Push"),
    PUSHING_BLOBS("UB", "Pushing blobs"),
    POST_THEN_PUT("PP", "POST then PUT"),
    SINGLE_POST("SP", "Single POST"),
    CHUNKS("CH", "Pushing a blob in chunks"),
    CANCELLING("CA", "Cancel a blob upload"),
    MOUNTING("MO", "Mounting a blob from another repository"),
    PUSHING_MANIFESTS("UM", "Pushing Manifests"),
    SUBJECT("SU", "Pushing Manifests with Subject"),
    LISTING_TAGS("LT", "Listing Tags"),
    LISTING_REFERRERS("LR", "Listing Referrers"),
    DELETING_TAGS("DT", "Deleting tags"),
    DELETING_MANIFESTS("DM", "Deleting Manifests"),
    DELETING_BLOBS("DB", "Deleting Blobs"),
    PROXYING("PX", "Registry Proxying"),
    ENABLING_REFERRERS("ER", "Enabling the Referrers API"),
    API("AP", "API"),
    DETERMINING_SUPPORT("DS", "Determining Support"),
    ERROR_CODES("EC", "Error Codes"),
    WARNINGS("WA", "Warnings");

    private final String letters;
    private final String heading;

    Section(String letters, String heading) {
      this.letters = letters;
      this.heading = heading;
    }

    /** What the identities of its requirements begin with. */
    String letters() {
      return letters;
    }

    /** The heading, as the specification has it. */
    String heading() {
      return heading;
    }
  }
}
