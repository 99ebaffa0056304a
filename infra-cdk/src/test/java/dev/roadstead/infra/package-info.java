@NullMarked
package dev.roadstead.infra;

import org.jspecify.annotations.NullMarked;
