@NullMarked
package dev.roadstead.infra.function;

import org.jspecify.annotations.NullMarked;
