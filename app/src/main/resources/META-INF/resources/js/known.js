/** Whether somebody was verified in this browser; the server alone knows whether it still counts. */
export const isKnown = () => localStorage.getItem('naru.known') === 'yes';
export const know = () => localStorage.setItem('naru.known', 'yes');

export const forget = () => localStorage.removeItem('naru.known');
