BEGIN TRANSACTION;
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	home VARCHAR NOT NULL, 
	colour VARCHAR NOT NULL, 
	symbol VARCHAR NOT NULL, 
	letters VARCHAR NOT NULL, 
	business BOOLEAN NOT NULL, 
	organization VARCHAR, 
	status VARCHAR NOT NULL, 
	marketplaces JSON NOT NULL, 
	addresses JSON NOT NULL, 
	cards JSON NOT NULL, 
	created_at VARCHAR NOT NULL, closed_at VARCHAR, notice VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE ("key"), 
	UNIQUE (letters)
);
INSERT INTO "accounts" VALUES(1,'per','Personal','personal','me','home','blue','●','PER',0,NULL,'ok','[]','["home/97205"]','["visa/4821"]','2026-11-25T09:30:00+00:00',NULL,NULL);
INSERT INTO "accounts" VALUES(2,'biz','Ortiz Design','business','me','home','orange','◆','OD',1,'Ortiz Design LLC','ok','[]','["office/97209"]','["amex/3007"]','2026-11-25T09:30:00+00:00',NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE "alerts" (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	visit_id VARCHAR, 
	account_id INTEGER, 
	code VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	advice VARCHAR NOT NULL, 
	evidence JSON NOT NULL, 
	source VARCHAR NOT NULL, 
	url VARCHAR, 
	asin VARCHAR, 
	choice VARCHAR, 
	decided_at VARCHAR, 
	dismissed_at VARCHAR, 
	order_id INTEGER, 
	situation_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT alerts_order FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE SET NULL, 
	CONSTRAINT alerts_situation FOREIGN KEY(situation_id) REFERENCES situations (id), 
	FOREIGN KEY(visit_id) REFERENCES visits (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "alerts" VALUES(1,'2026-11-25T09:30:00+00:00','95098660-8741-486e-96c7-8a297a5dcf24',1,'WRONG_ACCOUNT_ROUTE','block-confirm','Your rule sends ''Toner black'' to Ortiz Design, and you are on Personal.','Switch to Ortiz Design, or go on if this once is right.','["''Toner black'': toner goes to Ortiz Design"]','rule 1','https://www.amazon.com/gp/buy/spc/handlers/display.html','B0TONER001',NULL,NULL,NULL,NULL,1);
CREATE TABLE clients (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	token_hash VARCHAR NOT NULL, 
	origin VARCHAR, 
	scopes JSON NOT NULL, 
	created_at VARCHAR NOT NULL, 
	last_used_at VARCHAR, 
	revoked_at VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (token_hash)
);
INSERT INTO "clients" VALUES('0597e25f1828433d8b50b1e3e29e3582','Firefox','51501a2da0e2ec7047fef945db939be338b79f0481f57504115b7c1b72d3a4f2','moz-extension://7d3a','["badge:read", "observe:write", "summary:read"]','2026-11-25T09:30:00+00:00',NULL,NULL);
INSERT INTO "clients" VALUES('535c374ce8d74b2fb5cf58a00f58af91','Chromium','7ac4aeeef369a0046273909c5e5fde182684437f9eb62ce1db4a048e576a1983','chrome-extension://abc','["badge:read", "observe:write", "summary:read"]','2026-11-25T09:30:00+00:00',NULL,NULL);
CREATE TABLE documents (
	id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	layout VARCHAR, 
	media_type VARCHAR NOT NULL, 
	url VARCHAR, 
	account_id INTEGER, 
	customer_id VARCHAR, 
	received_at VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	new INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	same INTEGER NOT NULL, 
	problems JSON NOT NULL, 
	content BLOB, first_day VARCHAR, last_day VARCHAR, listing JSON, judged BOOLEAN DEFAULT 1 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	UNIQUE (digest, account_id)
);
INSERT INTO "documents" VALUES(1,'2025 export.zip','2025 export.zip','privacy_zip',NULL,'',NULL,1,NULL,'2026-11-25T09:30:00+00:00','read',1,0,0,'[]',NULL,'2025-12-30','2025-12-30',NULL,1);
INSERT INTO "documents" VALUES(2,'2026 export.zip','2026 export.zip','privacy_zip',NULL,'',NULL,1,NULL,'2026-11-25T09:30:00+00:00','read',0,1,0,'[]',NULL,'2025-12-30','2025-12-30',NULL,1);
INSERT INTO "documents" VALUES(3,'business report.csv','business report.csv','business_report',NULL,'',NULL,2,NULL,'2026-11-25T09:30:00+00:00','read',1,0,0,'[]',NULL,'2026-03-02','2026-03-02',NULL,1);
INSERT INTO "documents" VALUES(4,'payments.html','payments.html','transactions',NULL,'',NULL,1,NULL,'2026-11-25T09:30:00+00:00','read',0,1,0,'[]',NULL,NULL,NULL,NULL,1);
INSERT INTO "documents" VALUES(5,'waiting.html','waiting.html','order_details',NULL,'',NULL,NULL,'A1STRANGER0003','2026-11-25T09:30:00+00:00','parked',0,0,0,'[]',X'789C65924D4EC3301085AF52794D51DAAA2C587303C40A216B624F8A55FF696C534AD5BB937112C588285232DF4C9E9F5F7C1381345212CF9BF7DBF42E8D1E2BB1DBEDB71D5F87C3F2140F1B7136BEB6093318CB245A50A865F08CF7DDFE69DB1DC7BB69411E5BBE583BA29421175E4E147FF6E1E2794E8157682DB2F2003621B342845E5D79F4EDF585C71CD01973155D05099589063DAF71131E5CD303AD09539AC19D890BC5E7546753E973C8601B739F2646E34F2B190851FEC791820BD9D43DCF488512DB7A544F8A4C8F12BC9609BE1A5FAED86CFA726D9C3AF8095E6A93141B5C1B2733647921882BAAA6658F43209419BE9B4E5BD42F15906E6C07336D7E99378DEC89D8E89288383E769DA8F90EA5E14B9026A3ABA7E663CECDE1245D4184EB9F7A1299CA3B031DC6F0EB6F60B13C2E9D4071A0F3CC2F9878D643','2026-05-05','2026-05-05',NULL,0);
INSERT INTO "documents" VALUES(6,'d78af0f50a1ee0b0bb1be48bf145003e797d4f65da0bc1e69cdeb41ff201ceb3','order details on amazon.com','order_details','D2','','https://www.amazon.com/your-orders/order-details?orderID=112-0000001-0000001',1,'A1PERSONAL0001','2026-11-25T09:30:00+00:00','read',1,0,0,'[{"where": "orders[0].amounts.grand_total", "code": "arithmetic", "text": "The lines add up to 19.49 USD, but the page prints 91.49."}]',NULL,'2025-03-02','2025-03-02',NULL,1);
INSERT INTO "documents" VALUES(7,'981432783b65bf81acfee442f9e5986a02d126923cf8759c1d4690aa7697d7d1','order list on amazon.com','order_list','L2','','https://www.amazon.com/your-orders/orders',1,'A1PERSONAL0001','2026-11-25T09:30:00+00:00','read',0,1,0,'[]',NULL,'2025-03-02','2025-03-02','{"period": null, "start": 0, "shown": 1, "filtered": false, "numbers": ["112-0000001-0000001"]}',1);
INSERT INTO "documents" VALUES(8,'corrections of 112-0000011-0000011','you, 25 Nov 2026','user',NULL,'',NULL,1,NULL,'2026-11-25T09:30:00+00:00','read',0,0,0,'[]',NULL,NULL,NULL,NULL,1);
CREATE TABLE identities (
	customer_id VARCHAR NOT NULL, 
	account_id INTEGER, 
	greeting VARCHAR, 
	business BOOLEAN NOT NULL, 
	organization VARCHAR, 
	marketplace VARCHAR, 
	first_seen VARCHAR NOT NULL, 
	last_seen VARCHAR NOT NULL, 
	PRIMARY KEY (customer_id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "identities" VALUES('A1PERSONAL0001',1,NULL,0,NULL,'amazon.com','2026-11-25T09:30:00+00:00','2026-11-25T09:30:00+00:00');
INSERT INTO "identities" VALUES('A1BUSINESS0002',2,NULL,0,NULL,NULL,'2026-11-25T09:30:00+00:00','2026-11-25T09:30:00+00:00');
INSERT INTO "identities" VALUES('A1STRANGER0003',NULL,NULL,0,NULL,NULL,'2026-11-25T09:30:00+00:00','2026-11-25T09:30:00+00:00');
CREATE TABLE items (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	asin VARCHAR, 
	title VARCHAR, 
	quantity INTEGER, 
	currency VARCHAR, 
	unit_price INTEGER, 
	unit_tax INTEGER, 
	shipping INTEGER, 
	discount INTEGER, 
	total INTEGER, 
	seller VARCHAR, 
	condition VARCHAR, 
	return_by VARCHAR, 
	return_closed_on VARCHAR, 
	subscription_every VARCHAR, 
	gift BOOLEAN, 
	category VARCHAR, 
	purpose VARCHAR, 
	document_id INTEGER, tax INTEGER, brand VARCHAR, product_category VARCHAR, unspsc VARCHAR, gl_code VARCHAR, cost_center VARCHAR, department VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id), 
	FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE, 
	UNIQUE (order_id, line)
);
INSERT INTO "items" VALUES(3,2,0,'B0TONER001','Toner black',1,'EUR',10000,NULL,NULL,NULL,11900,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3,1900,NULL,NULL,'44103103',NULL,'CC1',NULL);
INSERT INTO "items" VALUES(6,3,0,'B0LAMP0001','Desk lamp',NULL,'USD',1800,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,6,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "items" VALUES(7,1,0,'B0LAMP0001','Desk lamp',2,'USD',2000,NULL,NULL,NULL,4320,'Lamp House',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "items" VALUES(8,1,1,'B0CABLE002','USB cable',1,'USD',2000,NULL,NULL,NULL,2160,NULL,NULL,NULL,NULL,NULL,NULL,'electronics','business',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE orders (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	cancelled BOOLEAN NOT NULL, 
	placed_on VARCHAR, 
	placed_at VARCHAR, 
	marketplace VARCHAR, 
	currency VARCHAR, 
	total INTEGER, 
	refunded INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	item_count INTEGER NOT NULL, 
	recipient VARCHAR, 
	address VARCHAR, 
	amounts JSON NOT NULL, 
	sources JSON NOT NULL, 
	conflicts JSON NOT NULL, 
	search VARCHAR NOT NULL, purchase_order VARCHAR, buyer VARCHAR, replaces VARCHAR, quarantine JSON, confirmed JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	UNIQUE (account_id, number)
);
INSERT INTO "orders" VALUES(1,1,'112-0000011-0000011','retail','delivered',0,'2025-12-30',NULL,'amazon.com','USD',6480,4320,'Desk lamp',2,'Robin Example','12 Fern Street, Portland, OR 97205','{"subtotal": 6000, "tax": 480, "grand_total": 6480}','{"order": 1, "items": 1, "amounts.subtotal": 1, "amounts.tax": 1, "amounts.grand_total": 8, "placed_on": 1, "currency": 1, "marketplace": 1}','[]','112-0000011-0000011 desk lamp usb cable lamp house robin example',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(2,2,'303-0000022-0000022','retail','delivered',0,'2026-03-02',NULL,'amazon.de','EUR',11900,0,'Toner black',1,NULL,NULL,'{"grand_total": 11900, "tax": 1900}','{"order": 3}','[]','303-0000022-0000022 toner black po 7 robin','PO 7','Robin',NULL,NULL,NULL);
INSERT INTO "orders" VALUES(3,1,'112-0000001-0000001','retail','delivered',0,'2025-03-02',NULL,'amazon.com','USD',9149,0,'Desk lamp',1,'Robin Example','12 Fern Street, Portland, OR 97205','{"subtotal": 1800, "total_before_tax": 1800, "tax": 149, "grand_total": 9149}','{"order": 6, "items": 6, "amounts.subtotal": 6, "amounts.total_before_tax": 6, "amounts.tax": 6, "amounts.grand_total": 6, "placed_on": 6, "currency": 6, "marketplace": 6}','[{"where": "amounts.grand_total", "code": "conflict", "text": "The sources differ on the total: 91.49 USD from order page, 19.49 USD from order list."}]','112-0000001-0000001 desk lamp robin example',NULL,NULL,NULL,'[{"where": "amounts.grand_total", "code": "arithmetic", "text": "The lines add up to 19.49 USD, but the page prints 91.49."}]',NULL);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	data JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "outbox" VALUES(1,'account-changed','2026-11-25T09:30:00+00:00','{"account": "per"}');
INSERT INTO "outbox" VALUES(2,'account-changed','2026-11-25T09:30:00+00:00','{"account": "biz"}');
INSERT INTO "outbox" VALUES(3,'account-changed','2026-11-25T09:30:00+00:00','{"account": "per"}');
INSERT INTO "outbox" VALUES(4,'account-changed','2026-11-25T09:30:00+00:00','{"account": "biz"}');
INSERT INTO "outbox" VALUES(5,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "per", "document": 1, "new": 1, "changed": 0}');
INSERT INTO "outbox" VALUES(6,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "per", "document": 2, "new": 0, "changed": 1}');
INSERT INTO "outbox" VALUES(7,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "biz", "document": 3, "new": 1, "changed": 0}');
INSERT INTO "outbox" VALUES(8,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "per", "document": 4, "new": 0, "changed": 1}');
INSERT INTO "outbox" VALUES(9,'identity-seen','2026-11-25T09:30:00+00:00','{"customer_id": "A1STRANGER0003"}');
INSERT INTO "outbox" VALUES(10,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "per", "document": 6, "new": 1, "changed": 0}');
INSERT INTO "outbox" VALUES(11,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "per", "document": 7, "new": 0, "changed": 1}');
INSERT INTO "outbox" VALUES(12,'rules-changed','2026-11-25T09:30:00+00:00','{"rule": 1}');
INSERT INTO "outbox" VALUES(13,'verdict-reached','2026-11-25T09:30:00+00:00','{"visit": "95098660-8741-486e-96c7-8a297a5dcf24", "verdict": "block-confirm"}');
INSERT INTO "outbox" VALUES(14,'orders-imported','2026-11-25T09:30:00+00:00','{"account": "per", "document": null, "new": 0, "changed": 1}');
INSERT INTO "outbox" VALUES(15,'account-changed','2026-11-25T09:30:00+00:00','{"term": 1}');
INSERT INTO "outbox" VALUES(16,'account-changed','2026-11-25T09:30:00+00:00','{"term": 2}');
INSERT INTO "outbox" VALUES(17,'client-paired','2026-11-25T09:30:00+00:00','{"client": "0597e25f1828433d8b50b1e3e29e3582"}');
INSERT INTO "outbox" VALUES(18,'client-paired','2026-11-25T09:30:00+00:00','{"client": "535c374ce8d74b2fb5cf58a00f58af91"}');
CREATE TABLE pages (
	document_id INTEGER NOT NULL, 
	reader VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
INSERT INTO "pages" VALUES(6,'9f886ed77c85f913',X'78DADD56DB6ADB40107DEF572CA20F2D44916D1C688A6C48EB12027109497E60AC1D494BF7227657A9FCF79D952CDFEDB4D0F4A10B46D6ECEC993933A323A5A557729A96087C9A26DD6561F8729A72F1C2049F44C672B433F420A48B3A33070F71665465346ADFBB8047DA7715E8E91C6C56B2D1051B0D4657A920E4F06BB7D28410CEC0DCF11E64381CC583760DFBEBEB1895F95EAB05DAE89C932B4555095DDC706ED1055635D5408A6913166BBA95266409D6C1806DD9D7E6955B73411BACCDAFDB4A0258175CE8AAF6CC2F2B9C44A5E01C75C43428BA03ED459C399B475B95E6B1AB17DE783859E9AC045BE053AD14D8E5CA2793E01C21C6D6FC64842185C6587854C1B0EF9319592B7DE0164B58A0EC2B7F47D60FEE237B5A65F379A7EEEF58BB7E0F3733DA53E60CE28040619CEFA3BC1F7EBA0C35DB6EE9A6677F9FD573A0C216981B8BCC43F37FB0FAE6BC50F4E8F1B7A47439BEFE778C6E2D68CE9EDF70F0AE4F11DA277754A1BE82E5D1696151F4CFED135F98E695234F1E7C1DCE95E3FE58D083D61A2B522928D6F23A43295ED052CF3BA1BD5A7329C73B814F22DC634EA521692A917163ECE5A9F61EE86B4D01C1210F1A714033170D5223083C2EAC585569A76FE7F1425AB7DD4160A5C57C1225BC4ABE0CEE6FE60FE105401B42150C64680625DFEA3C1C998FF3711E4551F6818E7987297A165EE2994466E87E3009AADA247014ABD6C23F5891F5B5DF54AB0A561A508F8DEF6E0E5C4C9EBBCC22BD37F684E598D6BCF66E2C44EEE7EB393835F77FF23C64A0339412F93E5EF70991B41F17BF00FEDDDB07');
CREATE TABLE pairing (
	id INTEGER NOT NULL, 
	code_hash VARCHAR NOT NULL, 
	expires_at VARCHAR NOT NULL, 
	tries_left INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE payments (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	method VARCHAR, 
	last4 VARCHAR, 
	currency VARCHAR, 
	amount INTEGER, 
	charged_on VARCHAR, 
	document_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id), 
	FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE
);
INSERT INTO "payments" VALUES(1,1,0,'Visa','4821','USD',6480,'2026-01-02',1);
CREATE TABLE products (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	word VARCHAR, 
	page VARCHAR, 
	category VARCHAR, 
	source VARCHAR, 
	confidence INTEGER NOT NULL, 
	stale BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "products" VALUES(1,'B0CABLE002','USB cable','electronics',NULL,'electronics','known',100,0);
INSERT INTO "products" VALUES(2,'B0TONER001','Toner black',NULL,NULL,'office','report',95,0);
INSERT INTO "products" VALUES(3,'B0LAMP0001','Desk lamp',NULL,NULL,NULL,NULL,0,0);
CREATE TABLE refunds (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	currency VARCHAR, 
	amount INTEGER, 
	refunded_on VARCHAR, 
	item INTEGER, 
	document_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id), 
	FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE
);
INSERT INTO "refunds" VALUES(1,1,0,'USD',2160,'2026-01-20',0,1);
INSERT INTO "refunds" VALUES(2,1,1,'USD',2160,'2026-01-20',1,1);
CREATE TABLE rules (
	id INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	body JSON NOT NULL, 
	created_at VARCHAR NOT NULL, origin JSON, 
	PRIMARY KEY (id)
);
INSERT INTO "rules" VALUES(1,'route','{"match": {"words": ["toner"]}, "to": "biz", "strength": "hard"}','2026-11-25T09:30:00+00:00','null');
CREATE TABLE server (
	id INTEGER NOT NULL, 
	server_id VARCHAR NOT NULL, 
	proof_key VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "server" VALUES(1,'23ccb76df4e64d688270e18fe437d234','_LUHKz7xbTpmHB3za2EDhNrylY8TmtBsXJx4iggdfWo');
CREATE TABLE shipments (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	status VARCHAR, 
	shipped_on VARCHAR, 
	delivered_on VARCHAR, 
	tracking VARCHAR, 
	items JSON NOT NULL, 
	document_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id), 
	FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE
);
INSERT INTO "shipments" VALUES(2,3,0,'Delivered March 5',NULL,'2025-03-05',NULL,'[0]',6);
INSERT INTO "shipments" VALUES(3,1,0,'Delivered','2025-12-31','2026-01-02',NULL,'[0, 1]',1);
CREATE TABLE sightings (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	payload VARCHAR NOT NULL, doubts VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id), 
	FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE, 
	UNIQUE (order_id, document_id)
);
INSERT INTO "sightings" VALUES(1,1,1,'{"order_id":"112-0000011-0000011","kind":"retail","placed_on":"2025-12-30","placed_at":null,"status":"delivered","cancelled":false,"currency":"USD","marketplace":"amazon.com","recipient":{"name":"Robin Example","address":"12 Fern Street, Portland, OR 97205"},"amounts":{"subtotal":"60.00","shipping":null,"free_shipping":null,"promotion":null,"coupon":null,"subscribe_and_save":null,"multibuy":null,"amazon_discount":null,"gift_wrap":null,"total_before_tax":null,"tax":"4.80","gift_card":null,"points":null,"tip":null,"grand_total":"64.80","refund_total":null},"items":[{"asin":"B0LAMP0001","title":"Desk lamp","quantity":2,"unit_price":"20.00","seller":"Lamp House","condition":null,"return_by":null,"return_closed_on":null,"subscription_every":null,"gift":null,"total":"43.20"},{"asin":"B0CABLE002","title":"USB cable","quantity":1,"unit_price":"20.00","seller":null,"condition":null,"return_by":null,"return_closed_on":null,"subscription_every":null,"gift":null,"total":"21.60"}],"shipments":[{"status":"Delivered","shipped_on":"2025-12-31","delivered_on":"2026-01-02","tracking":null,"items":[0,1]}],"payments":[{"method":"Visa","last4":"4821","amount":"64.80","charged_on":"2026-01-02"}],"refunds":[{"amount":"21.60","refunded_on":"2026-01-20","item":0},{"amount":"21.60","refunded_on":"2026-01-20","item":1}]}',NULL);
INSERT INTO "sightings" VALUES(2,1,2,'{"order_id":"112-0000011-0000011","kind":"retail","placed_on":"2025-12-30","placed_at":null,"status":"unknown","cancelled":false,"currency":"USD","marketplace":null,"recipient":{"name":null,"address":null},"amounts":{"subtotal":null,"shipping":null,"free_shipping":null,"promotion":null,"coupon":null,"subscribe_and_save":null,"multibuy":null,"amazon_discount":null,"gift_wrap":null,"total_before_tax":null,"tax":null,"gift_card":null,"points":null,"tip":null,"grand_total":"65.80","refund_total":null},"items":[{"asin":"B0LAMP0001","title":"Desk lamp, black","quantity":2,"unit_price":null,"seller":null,"condition":null,"return_by":null,"return_closed_on":null,"subscription_every":null,"gift":null,"total":"43.20"}],"shipments":[],"payments":[],"refunds":[]}',NULL);
INSERT INTO "sightings" VALUES(3,2,3,'{"order_id":"303-0000022-0000022","kind":"retail","placed_on":"2026-03-02","placed_at":null,"status":"delivered","cancelled":false,"currency":"EUR","marketplace":"amazon.de","recipient":{"name":null,"address":null},"amounts":{"subtotal":null,"shipping":null,"free_shipping":null,"promotion":null,"coupon":null,"subscribe_and_save":null,"multibuy":null,"amazon_discount":null,"gift_wrap":null,"total_before_tax":null,"tax":"19.00","gift_card":null,"points":null,"tip":null,"grand_total":"119.00","refund_total":null},"items":[{"asin":"B0TONER001","title":"Toner black","quantity":1,"unit_price":"100.00","seller":null,"condition":null,"return_by":null,"return_closed_on":null,"subscription_every":null,"gift":null,"tax":"19.00","total":"119.00","unspsc":"44103103","cost_center":"CC1"}],"shipments":[],"payments":[],"refunds":[],"purchase_order":"PO 7","buyer":"Robin"}',NULL);
INSERT INTO "sightings" VALUES(4,3,6,'{"order_id":"112-0000001-0000001","kind":"retail","placed_on":"2025-03-02","placed_at":null,"status":"delivered","cancelled":false,"currency":"USD","marketplace":"amazon.com","recipient":{"name":"Robin Example","address":"12 Fern Street, Portland, OR 97205"},"amounts":{"subtotal":"18.00","shipping":null,"free_shipping":null,"promotion":null,"coupon":null,"subscribe_and_save":null,"multibuy":null,"amazon_discount":null,"gift_wrap":null,"total_before_tax":"18.00","tax":"1.49","gift_card":null,"points":null,"tip":null,"grand_total":"91.49","refund_total":null},"items":[{"asin":"B0LAMP0001","title":"Desk lamp","quantity":null,"unit_price":"18.00","seller":null,"condition":null,"return_by":null,"return_closed_on":null,"subscription_every":null,"gift":null}],"shipments":[{"status":"Delivered March 5","shipped_on":null,"delivered_on":"2025-03-05","tracking":null,"items":[0]}],"payments":[],"refunds":[]}','[{"where": "amounts.grand_total", "code": "arithmetic", "text": "The lines add up to 19.49 USD, but the page prints 91.49."}]');
INSERT INTO "sightings" VALUES(5,3,7,'{"order_id":"112-0000001-0000001","kind":"retail","placed_on":"2025-03-02","placed_at":null,"status":"delivered","cancelled":false,"currency":"USD","marketplace":"amazon.com","recipient":{"name":null,"address":null},"amounts":{"subtotal":null,"shipping":null,"free_shipping":null,"promotion":null,"coupon":null,"subscribe_and_save":null,"multibuy":null,"amazon_discount":null,"gift_wrap":null,"total_before_tax":null,"tax":null,"gift_card":null,"points":null,"tip":null,"grand_total":"19.49","refund_total":null},"items":[{"asin":"B0LAMP0001","title":"Desk lamp","quantity":null,"unit_price":null,"seller":null,"condition":null,"return_by":null,"return_closed_on":null,"subscription_every":null,"gift":null}],"shipments":[{"status":"Delivered March 5","shipped_on":null,"delivered_on":"2025-03-05","tracking":null,"items":[0]}],"payments":[],"refunds":[]}',NULL);
INSERT INTO "sightings" VALUES(6,1,8,'{"order_id":"112-0000011-0000011","kind":"retail","placed_on":null,"placed_at":null,"status":"unknown","cancelled":false,"currency":"USD","marketplace":null,"recipient":{"name":null,"address":null},"amounts":{"subtotal":null,"shipping":null,"free_shipping":null,"promotion":null,"coupon":null,"subscribe_and_save":null,"multibuy":null,"amazon_discount":null,"gift_wrap":null,"total_before_tax":null,"tax":null,"gift_card":null,"points":null,"tip":null,"grand_total":"64.80","refund_total":null},"items":[],"shipments":[],"payments":[],"refunds":[]}',NULL);
CREATE TABLE situations (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "situations" VALUES(1,'2026-11-25T09:30:00+00:00',X'789CED544D6FE23010FD2BC8D7A5D409EDD2E4D66E39AC54950ACAA9AA9071866091D859DBA10B88FFBE334EF8DA3D6D6F2B2D07224F3C33EFBD79931D13529A5A7BC7D2B71D5BC186A5AC02CBBAAC107328F0F402D6192D0A0C499561E03E7A198E27A3E7FB27CE7984E195D2599376B8683E34D648590978581A7CA4CDA3CB9CF240CDDEBB4C94626BF46C5E3BA5C16170210A07986D7396EABA28F04A96597C15324285EB6410F35B86D952D82C84D7CA89EB9BBB38A2A8F3C2D718666645800BE3209B097FA8A78D57129AD3BE7B203C57DB33C223EBD5B6F3084EE5FA8CF4C374F2FD79389920E9F844FA08FED3A4BDAD0F9C2F5A779E9EBEB1DF14308B05C20F1A24171A88127E5EF7391FFCAD0678DDD60534E327A65197F94D45D8ADA93D812F85974B96EED88769BB79434CDFF778D51CE573DE82CEFD9258232C46A597CA796337A1785B156B047BB5BE3BA6133E16F3F8EB15EF5F0585C3CD5950BF4F31FAC5F1E149292821BE7CE0AFA3E7E1B8F1A257BEA036AF04B1332F84240D7EF84D6056D9C09C459CF73827716A8BA8259960381D534078C803E4462CD292323228D41A2C34BC600D047D77863A8AAEE2DB579EA47D9E72FE85D33FD6AB444EE9720972857A5E106FF6CC8B394B07D4C9D8A6D342D405DD44D394CD603ECFF42EE92509995B95EAE800A74FCB86544E6C4FEC5BAB61668E3EA84E6E714B55CDC2D8CFD6114D0452552AA8C2C666AE74E04E854EEB89B5D4C21F3B7BE305ED5B32E8DDC497B3984E1EDBADC143B3313D694A8A0168125ED6A85779F0C71F9FA4DC0278A5DBEFC87EDF8EAC55F3FFD0FE89A1BDEF7F014CC60DAF');
CREATE TABLE terms (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	account_id INTEGER, 
	what VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	"on" VARCHAR, 
	until VARCHAR, 
	details JSON NOT NULL, 
	by_hand BOOLEAN NOT NULL, 
	visit_id VARCHAR, 
	seen_at VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(visit_id) REFERENCES visits (id)
);
INSERT INTO "terms" VALUES(1,'membership',1,'prime','prime','2026-11-01','2026-12-01','{"plan": "trial"}',1,NULL,'2026-11-25T09:30:00+00:00');
INSERT INTO "terms" VALUES(2,'promo_used',2,'WELCOME10','welcome10','2026-11-10',NULL,'{"scope": "customer", "limit": 1}',1,NULL,'2026-11-25T09:30:00+00:00');
CREATE TABLE transaction_orders (
	transaction_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	PRIMARY KEY (transaction_id, position), 
	FOREIGN KEY(transaction_id) REFERENCES transactions (id) ON DELETE CASCADE
);
INSERT INTO "transaction_orders" VALUES(1,0,'112-0000011-0000011');
INSERT INTO "transaction_orders" VALUES(2,0,'112-0000011-0000011');
CREATE TABLE transactions (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	"on" VARCHAR, 
	currency VARCHAR, 
	amount INTEGER, 
	method VARCHAR, 
	last4 VARCHAR, 
	status VARCHAR, 
	descriptor VARCHAR, 
	document_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id), 
	UNIQUE (account_id, "key")
);
INSERT INTO "transactions" VALUES(1,1,'2026-01-02|-6480 USD|4821|112-0000011-0000011#0','2026-01-02','USD',-6480,'Visa','4821','completed','AMZN Mktp US',4);
INSERT INTO "transactions" VALUES(2,1,'2026-01-20|2160 USD|4821|112-0000011-0000011#0','2026-01-20','USD',2160,'Visa','4821','completed','AMZN Mktp US',4);
CREATE TABLE visits (
	id VARCHAR NOT NULL, 
	client_id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	tab INTEGER NOT NULL, 
	store VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	customer_id VARCHAR, 
	account_id INTEGER, 
	facts JSON NOT NULL, 
	reply JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "visits" VALUES('2b179c72-230c-4340-8f7b-0e1637c646d6','c1','2026-11-25T09:30:00+00:00',7,'default','order_details','www.amazon.com','A1PERSONAL0001',1,'{}','{"visit": "2b179c72-230c-4340-8f7b-0e1637c646d6", "account": {"key": "per", "label": "Personal", "purpose": "personal", "letters": "PER", "colour": "#0072B2", "ink": "#FFFFFF", "symbol": "\u25cf", "certainty": "sure", "customer_id": "A1PERSONAL0001", "registered": true}, "signed_in": true, "kind": "order_details", "marketplace": "amazon.com", "verdict": {"verdict": "allow", "suggest": null, "suggest_label": null, "reasons": []}, "captured": {"state": "read", "new": 1, "changed": 0, "same": 0, "problems": [{"where": "orders[0].amounts.grand_total", "code": "arithmetic", "text": "The lines add up to 19.49 USD, but the page prints 91.49."}]}, "events": 10}');
INSERT INTO "visits" VALUES('f0c6e052-bac2-4395-8598-473e2de522f1','c1','2026-11-25T09:30:00+00:00',7,'default','order_list','www.amazon.com','A1PERSONAL0001',1,'{}','{"visit": "f0c6e052-bac2-4395-8598-473e2de522f1", "account": {"key": "per", "label": "Personal", "purpose": "personal", "letters": "PER", "colour": "#0072B2", "ink": "#FFFFFF", "symbol": "\u25cf", "certainty": "sure", "customer_id": "A1PERSONAL0001", "registered": true}, "signed_in": true, "kind": "order_list", "marketplace": "amazon.com", "verdict": {"verdict": "allow", "suggest": null, "suggest_label": null, "reasons": []}, "captured": {"state": "read", "new": 0, "changed": 1, "same": 0, "problems": []}, "events": 11}');
INSERT INTO "visits" VALUES('95098660-8741-486e-96c7-8a297a5dcf24','c1','2026-11-25T09:30:00+00:00',7,'default','checkout','www.amazon.com','A1PERSONAL0001',1,'{"lines": [{"asin": "B0TONER001", "title": "Toner black", "quantity": 1, "price": "89.99", "currency": "USD", "selected": true}], "total": "97.42", "currency": "USD", "recipient": "Robin", "ship_to": "12 Fern Street, Portland, OR 97205", "method": "Visa", "last4": "4821", "gift": false, "promotions": []}','{"visit": "95098660-8741-486e-96c7-8a297a5dcf24", "account": {"key": "per", "label": "Personal", "purpose": "personal", "letters": "PER", "colour": "#0072B2", "ink": "#FFFFFF", "symbol": "\u25cf", "certainty": "sure", "customer_id": "A1PERSONAL0001", "registered": true}, "signed_in": true, "kind": "checkout", "marketplace": "amazon.com", "verdict": {"verdict": "block-confirm", "suggest": "biz", "suggest_label": "Ortiz Design", "reasons": [{"code": "WRONG_ACCOUNT_ROUTE", "level": "block-confirm", "text": "Your rule sends ''Toner black'' to Ortiz Design, and you are on Personal.", "advice": "Switch to Ortiz Design, or go on if this once is right.", "evidence": ["''Toner black'': toner goes to Ortiz Design"], "source": "rule 1", "links": [{"kind": "switch", "label": "Switch account", "url": "https://www.amazon.com/ap/signin?openid.return_to=https%3A%2F%2Fwww.amazon.com%2F&openid.identity=http%3A%2F%2Fspecs.openid.net%2Fauth%2F2.0%2Fidentifier_select&openid.claimed_id=http%3A%2F%2Fspecs.openid.net%2Fauth%2F2.0%2Fidentifier_select&openid.assoc_handle=usflex&openid.mode=checkid_setup&openid.ns=http%3A%2F%2Fspecs.openid.net%2Fauth%2F2.0&switch_account=picker"}]}]}, "captured": null, "events": 13}');
CREATE INDEX ix_documents_account_id ON documents (account_id);
CREATE INDEX ix_documents_customer_id ON documents (customer_id);
CREATE INDEX ix_identities_account_id ON identities (account_id);
CREATE INDEX ix_orders_number ON orders (number);
CREATE INDEX orders_by_account_and_date ON orders (account_id, placed_on);
CREATE INDEX orders_by_date ON orders (placed_on, id);
CREATE INDEX visits_by_store ON visits (store, at);
CREATE INDEX visits_by_tab ON visits (store, tab, kind, at);
CREATE INDEX items_by_asin ON items (asin, order_id);
CREATE INDEX ix_payments_order_id ON payments (order_id);
CREATE INDEX ix_refunds_order_id ON refunds (order_id);
CREATE INDEX ix_shipments_order_id ON shipments (order_id);
CREATE INDEX terms_by_name ON terms (name, kind);
CREATE INDEX terms_by_kind ON terms (kind, account_id);
CREATE INDEX orders_in_quarantine ON orders (account_id) WHERE quarantine IS NOT NULL;
CREATE INDEX ix_transactions_document_id ON transactions (document_id);
CREATE INDEX ix_transaction_orders_number ON transaction_orders (number);
CREATE INDEX ix_products_word ON products (word);
CREATE INDEX ix_products_stale ON products (stale);
CREATE INDEX ix_alerts_account_id ON alerts (account_id);
CREATE INDEX ix_alerts_visit_id ON alerts (visit_id);
CREATE INDEX ix_alerts_at ON alerts (at);
CREATE INDEX ix_alerts_order_id ON alerts (order_id);
CREATE INDEX ix_alerts_situation_id ON alerts (situation_id);
CREATE INDEX documents_by_judged ON documents (judged, id);
CREATE INDEX visits_buying ON visits (account_id, at) WHERE kind IN ('cart', 'checkout', 'buy_now', 'sns_signup');
COMMIT;