/** The CDN in front of everything, and what it may do with the bucket. */
@NullMarked
package dev.roadstead.infra.cdn;

import org.jspecify.annotations.NullMarked;
