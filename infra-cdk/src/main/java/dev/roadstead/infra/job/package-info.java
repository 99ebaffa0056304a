/** What functions do that no client asks for, and what begins it. */
@NullMarked
package dev.roadstead.infra.job;

import org.jspecify.annotations.NullMarked;
