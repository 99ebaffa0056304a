/** What reviewers of the templates need to be told. */
@NullMarked
package dev.roadstead.infra.review;

import org.jspecify.annotations.NullMarked;
