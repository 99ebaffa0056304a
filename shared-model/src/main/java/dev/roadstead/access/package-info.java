/** Who is who: the proofs that callers show. */
@NullMarked
package dev.roadstead.access;

import org.jspecify.annotations.NullMarked;
