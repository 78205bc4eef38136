package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;
import java.util.List;

/**
 * What leaves a hold queue in one step.
 *
 * @param released best first; each holds a slot already
 * @param superseded had to leave for a better one
 */
record HoldRelease(List<Waiting> released, List<Waiting> superseded) {

    HoldRelease {
        released = List.copyOf(released);
        superseded = List.copyOf(superseded);
    }
}
