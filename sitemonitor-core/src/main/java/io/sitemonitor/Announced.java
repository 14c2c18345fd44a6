package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import java.util.List;

/**
 * What is kept of a check and what is told of it, which is written together or not at all.
 *
 * @param kept what is kept
 * @param alerts what is told, in order
 */
record Announced(Kept kept, List<Alert> alerts) {}
