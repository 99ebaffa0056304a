/**
 * The check of a whole registry: what every record must be, computed anew from manifests and bytes,
 * beside what it is. It shares the keys with the code that it judges, and nothing else.
 */
@NullMarked
package dev.roadstead.registry.check;

import org.jspecify.annotations.NullMarked;
