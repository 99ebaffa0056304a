@NullMarked
package dev.roadstead.cli.doctor;

import org.jspecify.annotations.NullMarked;
