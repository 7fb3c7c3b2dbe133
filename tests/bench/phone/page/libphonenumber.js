// The result of libphonenumber-js for an input, in the same words as the others.
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

export const answer = (input, region) => {
  const number = parsePhoneNumberFromString(input, region);
  return number ? number.number + (number.isValid() ? " assigned" : " unassigned") : "";
};
