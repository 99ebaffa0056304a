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

  /** How strongly. */
  Level level() default Level.MUST;

  /** The specification's words for how strongly something is required, and one of ours. */
  enum Level {
    MUST,
    MUST_NOT,
    SHOULD,
    SHOULD_NOT,
    /** The specification leaves it open, but clients that people use cannot do without it. */
    CLIENTS
  }

  /** The sections of the specification that bind a registry, in its order. */
  enum Section {
    WORKFLOW_CATEGORIES("Workflow Categories"),
    PULLING_MANIFESTS("Pulling manifests"),
    PULLING_BLOBS("Pulling blobs"),
    CHECKING_CONTENT("Checking if content exists in the registry"),
    PUSH("Push"),
    POST_THEN_PUT("POST then PUT"),
    SINGLE_POST("Single POST"),
    CHUNKS("Pushing a blob in chunks"),
    MOUNTING("Mounting a blob from another repository"),
    PUSHING_MANIFESTS("Pushing Manifests"),
    SUBJECT("Pushing Manifests with Subject"),
    LISTING_TAGS("Listing Tags"),
    LISTING_REFERRERS("Listing Referrers"),
    DELETING_TAGS("Deleting tags"),
    DELETING_MANIFESTS("Deleting Manifests"),
    DELETING_BLOBS("Deleting Blobs"),
    ENABLING_REFERRERS("Enabling the Referrers API"),
    DETERMINING_SUPPORT("Determining Support"),
    ERROR_CODES("Error Codes"),
    WARNINGS("Warnings");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    /** The heading, as the specification has it. */
    String heading() {
      return heading;
    }
  }
}
