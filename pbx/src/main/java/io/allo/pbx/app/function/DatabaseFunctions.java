package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import java.util.Locale;

/** DB and its kin, and the applications DBdel and DBdeltree. Any thread. */
final class DatabaseFunctions {

    private final DialplanDatabase database;

    DatabaseFunctions(DialplanDatabase database) {
        this.database = database;
    }

    void register(FunctionTable table) {
        table.settable("DB", this::read, this::write);
        table.readable("DB_EXISTS", this::exists);
        table.readable("DB_DELETE", this::delete);
        table.readable("DB_KEYS", (call, prefix) -> String.join(",", database.keys(trimmed(prefix))));
        table.readable(
                "DB_KEYCOUNT",
                (call, prefix) -> String.valueOf(database.keys(trimmed(prefix)).size()));
        table.readable("BLACKLIST", this::blacklisted);
        table.application("DBdel", this::delete);
        table.application("DBdeltree", this::deleteTree);
    }

    /** What is before the first slash, and what is behind it. */
    private record Place(String family, String key) {
        static Place of(String text) {
            var slash = text.indexOf('/');
            if (slash <= 0 || slash == text.length() - 1) {
                throw new DialplanException("needs family/key, not \"" + text + "\"");
            }
            return new Place(text.substring(0, slash), text.substring(slash + 1));
        }
    }

    private static String trimmed(String prefix) {
        return prefix.strip().replaceFirst("^/", "").replaceFirst("/$", "");
    }

    private String read(Call call, String data) {
        var value = value(data);
        if (value != null) {
            result(call, value);
        }
        return value == null ? "" : value;
    }

    private @org.jspecify.annotations.Nullable String value(String data) {
        var place = Place.of(data);
        return database.value(place.family(), place.key());
    }

    private static void result(Call call, String value) {
        call.channel().variables().set("DB_RESULT", value);
    }

    private void write(Call call, String data, String value) {
        var place = Place.of(data);
        if (!database.put(place.family(), place.key(), value)) {
            throw new DialplanException("the database has no room for " + data);
        }
    }

    private String exists(Call call, String data) {
        var value = value(data);
        if (value == null) {
            return "0";
        }
        result(call, value);
        return "1";
    }

    private String delete(Call call, String data) {
        var place = Place.of(data);
        var before = database.remove(place.family(), place.key());
        result(call, before == null ? "" : before);
        return before == null ? "" : before;
    }

    private void deleteTree(Call call, String data) {
        var slash = data.indexOf('/');
        var family = (slash < 0 ? data : data.substring(0, slash)).strip();
        if (family.isEmpty()) {
            throw new DialplanException("needs a family");
        }
        database.removeTree(family, slash < 0 ? "" : trimmed(data.substring(slash + 1)));
    }

    /** BLACKLIST(): whether the caller's number or name is a key of the family blacklist. */
    private String blacklisted(Call call, String data) {
        var caller = call.channel().callerId();
        var listed = isListed(caller.number()) || isListed(caller.name());
        return listed ? "1" : "0";
    }

    private boolean isListed(String key) {
        return !key.isEmpty()
                && (database.value("blacklist", key) != null
                        || database.value("blacklist", key.toLowerCase(Locale.ROOT)) != null);
    }
}
