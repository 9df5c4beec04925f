import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { payLocally, readLocalCheckout } from '../../services/billing/pay-locally.ts';

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** GET /local/checkout/{id}: where a payment provider would ask for a card. */
export async function readLocalCheckoutPage(c: AppContext): Promise<Response> {
  const checkout = await readLocalCheckout(c.get('deps').payments.test, pathParameter(c, 'id'));
  const dollars = (checkout.amountMinor / 100).toFixed(2);
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pay for credit</title>
<h1>${escapeHtml(checkout.mode)} credit: $${dollars}</h1>
<p>No payment provider is involved here, and nothing is charged.</p>
<form method="post"><button>Pay</button></form>
<p><a href="${escapeHtml(checkout.cancelUrl)}">Go back</a></p></html>`;
  return c.html(page, 200, {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
  });
}

/** POST /local/checkout/{id} */
export async function postLocalCheckout(c: AppContext): Promise<Response> {
  const checkout = await payLocally(c.get('deps'), pathParameter(c, 'id'));
  return c.redirect(checkout.successUrl, 303);
}
