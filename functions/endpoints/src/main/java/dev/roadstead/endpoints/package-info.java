/** The operations of the API as functions: one package per place, one class per operation. */
@NullMarked
package dev.roadstead.endpoints;

import org.jspecify.annotations.NullMarked;
