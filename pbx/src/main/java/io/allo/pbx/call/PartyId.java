package io.allo.pbx.call;

/**
 * Who a party is: name, number, and whether they may be shown (CALLERID(pres), RFC 3325 Privacy: id).
 *
 * @param name display name, "" if unknown
 * @param number "" if unknown
 */
public record PartyId(String name, String number, Presentation presentation) {

    /** Whether name and number may be shown to the other side; the names are CALLERID(pres)'s. */
    public enum Presentation {
        ALLOWED_NOT_SCREENED("allowed_not_screened"),
        ALLOWED_PASSED_SCREEN("allowed_passed_screen"),
        ALLOWED_FAILED_SCREEN("allowed_failed_screen"),
        ALLOWED("allowed"),
        PROHIBITED_NOT_SCREENED("prohib_not_screened"),
        PROHIBITED_PASSED_SCREEN("prohib_passed_screen"),
        PROHIBITED_FAILED_SCREEN("prohib_failed_screen"),
        PROHIBITED("prohib"),
        UNAVAILABLE("unavailable");

        private final String label;

        Presentation(String label) {
            this.label = label;
        }

        /** As CALLERID(pres) gives it. */
        public String label() {
            return label;
        }

        /** Whether it may be shown. */
        public boolean isAllowed() {
            return ordinal() <= ALLOWED.ordinal();
        }
    }

    /** Nobody known. */
    public static final PartyId UNKNOWN = new PartyId("", "", Presentation.ALLOWED_NOT_SCREENED);

    /** The same party under another name, "" for none. */
    public PartyId withName(String newName) {
        return new PartyId(newName, number, presentation);
    }

    /** The same party under another number, "" for none. */
    public PartyId withNumber(String newNumber) {
        return new PartyId(name, newNumber, presentation);
    }

    /** The same party, shown to others or not (RFC 3323, RFC 3325). */
    public PartyId withPresentation(Presentation newPresentation) {
        return new PartyId(name, number, newPresentation);
    }

    /** {@code "Name" <number>}, as CALLERID(all) and the CDR's clid have it. */
    public String full() {
        return name.isEmpty() ? number : "\"" + name + "\" <" + number + ">";
    }
}
