/** The functions of an installation: what each may do, and what it is told. */
@NullMarked
package dev.roadstead.infra.function;

import org.jspecify.annotations.NullMarked;
