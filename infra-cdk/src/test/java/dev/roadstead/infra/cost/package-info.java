@NullMarked
package dev.roadstead.infra.cost;

import org.jspecify.annotations.NullMarked;
