/**
 * Every endpoint that Bybit's V5 documentation names, so that one which is only missing here is not taken for one that
 * the exchange does not have. A row is a method, the first part of the path and its ends: `GET market time kline` are
 * `/v5/market/time` and `/v5/market/kline`. From bybit-exchange/docs at 072c197, the abandoned ones among them.
 */

const rows = `
GET account borrow-history collateral-info contract-transaction-log fee-rate info instruments-info mmp-state
GET account option-asset-info pay-info query-dcp-info smp-group trade-info-for-analysis transaction-log
GET account user-setting-config wallet-balance withdrawal
POST account borrow demo-apply-money mmp-modify mmp-reset no-convert-repay quick-repayment repay set-collateral-switch
POST account set-collateral-switch-batch set-delta-mode set-hedging-mode set-limit-px-action set-margin-mode
POST account upgrade-to-uta
GET affiliate aff-user-list affiliate-sub-list
GET alpha prediction/engine-status prediction/pay-token-list prediction/sports/timeline-stages
POST alpha lp/order-list lp/pay-token-list lp/pay-token-price lp/pool-info lp/pool-list lp/position-list lp/redeem
POST alpha lp/stake prediction/buy prediction/event-detail prediction/order-book prediction/order-estimate
POST alpha prediction/order-list prediction/portfolio-summary prediction/position-history prediction/position-list
POST alpha prediction/price-history prediction/sell prediction/side-market-list prediction/sports/group-stage-detail
POST alpha prediction/sports/match-list prediction/token-price trade/asset-detail trade/asset-list
POST alpha trade/biz-token-details trade/biz-token-list trade/biz-token-price-list trade/order-list
POST alpha trade/pay-token-list trade/purchase trade/quote trade/redeem
GET announcements index
GET apilimit query query-all query-cap
POST apilimit set
GET asset asset-overview coin-greeks coin/query-info covert/small-balance-history covert/small-balance-list
GET asset delivery-record deposit/query-address deposit/query-internal-record deposit/query-record
GET asset deposit/query-sub-member-address deposit/query-sub-member-record exchange/convert-result-query
GET asset exchange/order-record exchange/query-coin-list exchange/query-convert-history fundinghistory
GET asset portfolio-margin settlement-record total-members-assets transfer/query-account-coin-balance
GET asset transfer/query-account-coins-balance transfer/query-asset-info transfer/query-inter-transfer-list
GET asset transfer/query-sub-member-list transfer/query-transfer-coin-list transfer/query-universal-transfer-list
GET asset withdraw/query-address withdraw/query-record withdraw/vasp/list withdraw/withdrawable-amount
POST asset covert/get-quote covert/small-balance-execute deposit/deposit-to-account exchange/convert-execute
POST asset exchange/quote-apply transfer/inter-transfer transfer/save-transfer-sub-member transfer/universal-transfer
POST asset travel-rule/deposit/submit withdraw/cancel withdraw/create
GET broker account-info apilimit/query-all apilimit/query-cap asset/query-sub-member-deposit-record earning-record
GET broker earnings-info ip/changelog whitelist/ip
POST broker apilimit/set award/distribute-award award/distribution-record award/info
POST card reward/mall/item/list reward/point/cashback/detail reward/points/balance reward/points/records
POST card reward/points/tier transaction/query-asset-records
GET crypto-loan adjustment-history borrow-history borrowable-collateralisable-number collateral-data loanable-data
GET crypto-loan max-collateral-amount ongoing-orders repayment-history
POST crypto-loan adjust-ltv borrow repay
GET crypto-loan-common adjustment-history collateral-data loanable-data max-collateral-amount position
POST crypto-loan-common adjust-ltv max-loan
GET crypto-loan-fixed borrow-contract-info borrow-order-info borrow-order-quote renew-info repayment-history
GET crypto-loan-fixed supply-contract-info supply-order-info supply-order-quote
POST crypto-loan-fixed borrow borrow-order-cancel fully-repay renew repay-collateral supply supply-order-cancel
GET crypto-loan-flexible borrow-history ongoing-coin repayment-history
POST crypto-loan-flexible borrow repay repay-collateral
POST dca close-bot create-bot
GET earn advance/double-win-leverage advance/get-redeem-est-amount-list advance/order advance/position advance/product
GET earn advance/product-extra-info apr-history coupons fixed-term/order fixed-term/position fixed-term/product
GET earn hold-to-earn/product hold-to-earn/yield-history hourly-yield liquidity-mining/liquidation-records
GET earn liquidity-mining/order liquidity-mining/position liquidity-mining/product liquidity-mining/yield-records
GET earn order position product pwm/asset-manager/all-funds pwm/asset-manager/all-order
GET earn pwm/asset-manager/get-investment-plan pwm/customize-plan/product pwm/investment-plan/all
GET earn pwm/investment-plan/asset-trend pwm/investment-plan/detail pwm/investment-plan/fund-nav
GET earn pwm/investment-plan/new-plan pwm/investment-plan/order pwm/query-fund-transfer-result rwa/nav-chart rwa/order
GET earn rwa/position rwa/product token/history-apr token/hourly-yield token/order token/position token/product
GET earn token/yield yield
POST earn advance/place-order fixed-term/place-order fixed-term/position/auto-invest fixed-term/redeem
POST earn liquidity-mining/add-liquidity liquidity-mining/add-margin liquidity-mining/claim-interest
POST earn liquidity-mining/reinvest liquidity-mining/remove-liquidity place-order position/modify
POST earn pwm/asset-manager/create-fund pwm/asset-manager/create-investment-plan pwm/asset-manager/create-sub-account
POST earn pwm/asset-manager/manage-investment-plan pwm/asset-manager/manage-order pwm/asset-manager/settle-profit
POST earn pwm/customize-plan/create pwm/fund-transfer pwm/investment-plan/claim pwm/investment-plan/invest-more
POST earn pwm/investment-plan/redeem pwm/investment-plan/subscribe rwa/place-order token/place-order
GET execution list
POST fcombobot close create detail getlimit
POST fgridbot close create detail validate
GET fiat balance-query query-coin-list query-trade-history reference-price trade-query
POST fiat quote-apply trade-execute
POST fmartingalebot close create detail getlimit
POST grid close-grid create-grid query-grid-detail validate-input
GET ins ip/changelog whitelist/ip
GET ins-loan coin-delta-amount ensure-tokens ensure-tokens-convert loan-order ltv ltv-convert product-infos
GET ins-loan repaid-history
POST ins-loan association-uid repay-loan
GET lending account history-order info
POST lending purchase redeem redeem-cancel
GET market account-ratio adlAlert delivery-price fee-group-info full_orderbook funding/history historical-volatility
GET market index-price-components index-price-kline instruments-info insurance kline mark-price-kline
GET market new-delivery-price open-interest orderbook premium-index-price-kline price-limit recent-trade risk-limit
GET market rpi_orderbook tickers time
GET order history realtime spot-borrow-check
POST order amend amend-batch cancel cancel-all cancel-batch create create-batch disconnected-cancel-all pre-check
GET position closed-pnl get-closed-positions list move-history symbol-info
POST position add-margin confirm-pending-mmr move-positions set-auto-add-margin set-leverage set-risk-limit
POST position set-tpsl-mode switch-isolated switch-mode trading-stop
GET pre-upgrade account/transaction-log asset/delivery-record asset/settlement-record execution/list order/history
GET pre-upgrade position/closed-pnl
GET rfq config public-trades quote-list quote-realtime rfq-list rfq-realtime trade-list
POST rfq accept-other-quote cancel-all-quotes cancel-all-rfq cancel-quote cancel-rfq create-quote create-rfq
POST rfq execute-quote
GET spot-lever-token info order-record reference
POST spot-lever-token purchase redeem
GET spot-margin-trade coinstate collateral currency-data data fixed-available-inventory fixedborrow-contract-info
GET spot-margin-trade fixedborrow-order-info fixedborrow-order-quote flexible-available-inventory get-auto-repay-mode
GET spot-margin-trade interest-rate-history liability max-borrowable position-tiers repayment-available-amount state
POST spot-margin-trade fixedborrow fixedborrow-renew set-auto-repay-mode set-leverage switch-mode
GET spread execution/list instrument max-qty order/history order/realtime orderbook recent-trade tickers
POST spread order/amend order/cancel order/cancel-all order/create
GET strategy list order-list
POST strategy create stop
GET system status
GET user aff-customer-info escrow_sub_members get-member-type invitation/referrals query-api query-sub-members
GET user sub-apikeys submembers
POST user agreement create-demo-member create-sub-api create-sub-member del-submember delete-api delete-sub-api
POST user frozen-sub-member update-api update-sub-api
`;

/** `GET /v5/market/time` and its like. */
export const documentedEndpoints: ReadonlySet<string> = new Set(
  rows
    .trim()
    .split("\n")
    .flatMap((row) => {
      const [method = "", folder = "", ...ends] = row.split(" ");
      return ends.map((end) => `${method} /v5/${folder}/${end}`);
    }),
);

/** What a client is answered that asks for an endpoint which the exchange has and the mock has not. */
export function notServed(method: string, path: string): string | undefined {
  if (!documentedEndpoints.has(`${method} ${path}`)) return undefined;
  const [folder = "", ...name] = path.replace("/v5/", "").replaceAll("_", "-").split("/");
  return (
    `Firedrill's mock exchange does not serve ${method} ${path}, though Bybit has it. ` +
    `It would be added by mock-exchange/rest/routes/${folder}/${name.join("-")}.ts.`
  );
}
