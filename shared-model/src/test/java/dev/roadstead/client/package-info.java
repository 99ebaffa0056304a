@NullMarked
package dev.roadstead.client;

import org.jspecify.annotations.NullMarked;
