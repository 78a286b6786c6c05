// Who and what the story of the contract is about.
export const OFFICE = '企画財政課';
export const DEPARTMENT = '総務課';
export const YEAR = 2022;
export const FORM = 'memuro-shisaku';
