package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;

/**
 * A call was not made because the breaker does not permit any. It is an {@link IOException} since an OkHttp call throws
 * nothing else; its cause is what the breaker threw.
 */
public final class CallRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    CallRefusedException(Guard guard, CallNotPermittedException cause) {
        super("breaker '" + guard.breaker().getName() + "' of check '" + guard.check() + "' permits no call", cause);
    }
}
