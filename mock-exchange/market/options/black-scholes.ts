/** What a European option is worth and how that changes (Black and Scholes, no interest). */

export interface Greeks {
  price: number;
  delta: number;
  gamma: number;
  vega: number;
  theta: number;
}

/** @param years Time to delivery. @param volatility Implied, a fraction a year. */
export function blackScholes(call: boolean, spot: number, strike: number, years: number, volatility: number): Greeks {
  const spread = volatility * Math.sqrt(years);
  const d1 = Math.log(spot / strike) / spread + spread / 2;
  const d2 = d1 - spread;
  const callPrice = spot * below(d1) - strike * below(d2);
  const density = Math.exp((-d1 * d1) / 2) / Math.sqrt(2 * Math.PI);
  return {
    price: Math.max(0, call ? callPrice : callPrice - spot + strike),
    delta: call ? below(d1) : below(d1) - 1,
    gamma: density / (spot * spread),
    vega: (spot * density * Math.sqrt(years)) / 100,
    theta: -(spot * density * volatility) / (2 * Math.sqrt(years)) / 365,
  };
}

/** The standard normal distribution (Abramowitz and Stegun 26.2.17, good to 7 decimals). */
function below(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x >= 0 ? 1 - tail : tail;
}
