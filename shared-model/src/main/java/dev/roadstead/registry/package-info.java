/** The protocols, written once on the store algebra; each answers with a sealed result. */
@NullMarked
package dev.roadstead.registry;

import org.jspecify.annotations.NullMarked;
