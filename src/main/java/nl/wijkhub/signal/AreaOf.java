package nl.wijkhub.signal;

/** Finds the area that a street or a postal code lies in. */
public interface AreaOf {
    /**
     * @param postalCode normalised; null for none, then there are a street and a town
     * @param street without a house number; null for none
     * @param town null for none
     */
    CaseSignal.Neighbourhood area(String postalCode, String street, String town);
}
