@NullMarked
package dev.roadstead.infra.edge;

import org.jspecify.annotations.NullMarked;
