package io.allo.pbx.dialplan;

import io.allo.pbx.call.Call;
import java.util.function.BiConsumer;

/** A dialplan application. One object serves all calls, so it holds no call's state. */
public interface Application {

    /** Its name as Asterisk spells it; looked up without regard to case. */
    String name();

    /**
     * Does its work on {@link Call#channel()} and returns when the next priority is to run. To go elsewhere it sets the
     * channel's location; to end the call it throws {@link io.allo.pbx.call.CallEnded} through {@link Call#hangUp}.
     *
     * @param data the arguments as written in the dialplan, variables already replaced
     */
    void execute(Call call, String data);

    /** An application that is one method. */
    static Application of(String name, BiConsumer<Call, String> body) {
        return new Application() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void execute(Call call, String data) {
                body.accept(call, data);
            }
        };
    }
}
