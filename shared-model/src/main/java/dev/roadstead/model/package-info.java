/** Values of the registry, valid by construction. */
@NullMarked
package dev.roadstead.model;

import org.jspecify.annotations.NullMarked;
