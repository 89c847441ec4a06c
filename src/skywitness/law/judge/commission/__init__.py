"""What the Consultative Commission and the Depositaries do, held against Articles X, XVI to XVIII and Annex L."""
