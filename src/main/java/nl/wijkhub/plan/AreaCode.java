package nl.wijkhub.plan;

import java.util.regex.Pattern;

/** CBS codes of areas: the buurt BU99990101 lies in the wijk WK999901, which lies in the gemeente GM9999. */
public final class AreaCode {
    private static final Pattern BUURT = Pattern.compile("BU[0-9]{8}");
    private static final Pattern ANY = Pattern.compile("GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}");

    private AreaCode() {}

    public static boolean isBuurt(String text) {
        return BUURT.matcher(text).matches();
    }

    /** The wijk of a buurt. */
    public static String wijkOf(String buurt) {
        return "WK" + buurt.substring(2, 8);
    }

    /** The gemeente of a buurt. */
    public static String gemeenteOf(String buurt) {
        return "GM" + buurt.substring(2, 6);
    }

    /** Whether a code is this buurt, or the wijk or gemeente it lies in. */
    public static boolean holds(String code, String buurt) {
        return ANY.matcher(code).matches() && isBuurt(buurt) && buurt.startsWith(beginOf(code));
    }

    /** Whether a code of any kind lies in another, or is it. */
    public static boolean isWithin(String outer, String code) {
        return ANY.matcher(outer).matches()
                && ANY.matcher(code).matches()
                && beginOf(code).startsWith(beginOf(outer));
    }

    /** How the code of every buurt in it begins. */
    public static String beginOf(String code) {
        return "BU" + code.substring(2);
    }
}
