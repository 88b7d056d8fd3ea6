/** What a broker holds, by name. */

/** Client to server, request with a broker's id: what it holds, by name, as {@link BrokerItems}. Asked when a person chose the broker. */
export const LIST_BROKER_ITEMS = 'mcpHygiene/broker/items';

export interface BrokerItems {
	readonly items: readonly { readonly reference: string; readonly title: string }[];
	/** Why the broker cannot be asked now, with the way out. */
	readonly problem?: string;
}
