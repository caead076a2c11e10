package io.allo.pbx.app.dial;

import io.allo.pbx.call.Call;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Dial(targets,timeout,options,URL): rings all, lets the caller talk to the first to answer. Any thread. */
final class Dial {

    private final DialWorld world;
    private final Set<Character> warned = ConcurrentHashMap.newKeySet();

    Dial(DialWorld world) {
        this.world = world;
    }

    void execute(Call call, String data) {
        run(call, data);
    }

    /** True if it is over: somebody answered, or the caller went elsewhere; false if it may be tried again. */
    boolean run(Call call, String data) {
        var request = DialRequest.parse(data);
        request.problems().forEach(problem -> call.problem("dial", "Dial: " + problem, "Dial : " + problem));
        for (var letter : request.options().letters()) {
            var missing = DialOption.missing(letter);
            if (missing != null && warned.add(letter)) {
                call.problem(
                        "dial-option",
                        "Dial: " + missing + "; it is passed over",
                        "Dial : l'option " + letter + " est ignorée : " + missing);
            }
        }
        return new DialRun(world, call, request).run();
    }
}
