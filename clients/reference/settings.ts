/** The client's settings, read once from the environment that Firedrill (or an operator) gives it. */

export interface Settings {
  exchangeRestUrl: string;
  exchangePublicUrl: string;
  exchangePrivateUrl: string;
  exchangeTradeUrl: string;
  signalUrl: string;
  signalToken: string;
  webhookUrl: string;
  apiKey: string;
  apiSecret: string;
  symbols: readonly string[];
  roles: readonly string[];
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === "") throw new Error(`${name} is not set`);
    return value;
  };
  return {
    exchangeRestUrl: need("FIREDRILL_EXCHANGE_REST_URL"),
    exchangePublicUrl: need("FIREDRILL_EXCHANGE_PUBLIC_WS_URL"),
    exchangePrivateUrl: need("FIREDRILL_EXCHANGE_PRIVATE_WS_URL"),
    exchangeTradeUrl: need("FIREDRILL_EXCHANGE_TRADE_WS_URL"),
    signalUrl: need("FIREDRILL_SIGNAL_WS_URL"),
    signalToken: need("FIREDRILL_SIGNAL_TOKEN"),
    webhookUrl: need("FIREDRILL_WEBHOOK_URL"),
    apiKey: need("FIREDRILL_API_KEY"),
    apiSecret: need("FIREDRILL_API_SECRET"),
    symbols: need("FIREDRILL_SYMBOLS").split(","),
    roles: need("FIREDRILL_ROLES").split(","),
  };
}
