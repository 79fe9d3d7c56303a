BEGIN TRANSACTION;
CREATE TABLE access (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	person TEXT NOT NULL, 
	supplier TEXT, 
	place_or_equipment TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	granted_on DATE NOT NULL, 
	granted_by TEXT NOT NULL, 
	review_due DATE NOT NULL, 
	reviewed_on DATE, 
	reviewed_by TEXT, 
	returned_on DATE, 
	returned_to TEXT, 
	return_kind TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_access_key UNIQUE (_key), 
	CONSTRAINT fk_access_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_access_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE addendum (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	fingerprint_before TEXT, 
	fingerprint_after TEXT, 
	deadline_before TEXT, 
	deadline_after TEXT, 
	issued_at TEXT, 
	evidence TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_addendum_key UNIQUE (_key), 
	CONSTRAINT fk_addendum_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE agreement (
	id TEXT NOT NULL, 
	party_kind TEXT NOT NULL, 
	party TEXT NOT NULL, 
	data_class TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	applicability TEXT NOT NULL, 
	liability TEXT NOT NULL, 
	valid_from DATE, 
	valid_until DATE, 
	signed_on DATE, 
	signed_by TEXT, 
	attachment TEXT, 
	ended_on DATE, 
	end_reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_agreement_key UNIQUE (_key), 
	CONSTRAINT fk_agreement_attachment FOREIGN KEY(attachment) REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE assessment (
	id TEXT NOT NULL, 
	need TEXT NOT NULL, 
	person TEXT NOT NULL, 
	dimension TEXT NOT NULL, 
	criterion TEXT NOT NULL, 
	mark TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_assessment_key UNIQUE (_key), 
	CONSTRAINT fk_assessment_need FOREIGN KEY(need) REFERENCES need (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE attachment (
	id TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	name TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	data_class TEXT NOT NULL, 
	class_reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_attachment_key UNIQUE (_key)
);
INSERT INTO "attachment" VALUES('sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec','sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec','a.bin','',10,'internal','','sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec','kept',1,'2026-11-30T08:00:00.000000Z','keeper');
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	event TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-11-30T08:00:00.000000Z','keeper','house_rules','house_rules','add',1,NULL,'{"fields":{"toml":"# The company''s default rules for its registry: a proposal until the company adopts them.\n# Clauses (§) are those of the company''s service-outsourcing management measures.\n\nformat = \"supplier-eval-registry-rules/1\"\ncurrency = \"CNY\"\ntimezone = \"Asia/Shanghai\"\ncategories = [\"ITO\", \"BPO\", \"KPO\"]\n\n[approval] # §2.2.3: any one of these makes the project major\nvalue_from = 5000000\nterm_months_from = 36\ndata_classes = [\"core\", \"important\"]\nsteps = [\"expert_review\", \"board_approval\"]\n\n[planning]\nreview_months = 12\nassessors = 3\n\n[tendering]\nwitnesses = 2\nstandstill_days = 10\nanswer_days = 7\ndocuments = [\n  { id = \"profile\", clause = \"§3.2.2\", words = { en = \"Company profile\", zh = \"企业概况\" } },\n  { id = \"certificates\", clause = \"§3.2.2\", words = { en = \"Licence and certificates\", zh = \"营业执照与资质证书\" } },\n  { id = \"track-record\", clause = \"§3.2.2\", words = { en = \"Track record\", zh = \"业绩证明\" } },\n  { id = \"service-plan\", clause = \"§3.2.2\", words = { en = \"Service plan\", zh = \"服务方案\" } },\n  { id = \"quotation\", clause = \"§3.2.2\", words = { en = \"Quotation\", zh = \"报价文件\" } },\n]\n\n[contracts]\ncheck_months = 3\npayment_days = 30\nclauses = [\n  { id = \"rights-duties\", clause = \"§3.2.5\", words = { en = \"Rights and duties\", zh = \"双方权利与义务\" } },\n  { id = \"content\", clause = \"§3.2.5\", words = { en = \"Content of the service\", zh = \"服务内容\" } },\n  { id = \"quality\", clause = \"§3.2.5\", words = { en = \"Quality standard\", zh = \"质量标准\" } },\n  { id = \"price\", clause = \"§3.2.5\", words = { en = \"Price\", zh = \"价格\" } },\n  { id = \"payment\", clause = \"§3.2.5\", words = { en = \"Payment\", zh = \"付款方式\" } },\n  { id = \"secrecy\", clause = \"§3.2.5\", words = { en = \"Confidentiality\", zh = \"保密条款\" } },\n  { id = \"breach\", clause = \"§3.2.5\", words = { en = \"Liability for breach\", zh = \"违约责任\" } },\n  { id = \"property\", clause = \"§9.1.1\", words = { en = \"Intellectual property\", zh = \"知识产权归属\" } },\n]\ndocuments = [\n  { id = \"invoice\", clause = \"§4.3.2\", words = { en = \"Invoice\", zh = \"发票\" } },\n  { id = \"acceptance\", clause = \"§4.3.2\", words = { en = \"Acceptance of the period''s work\", zh = \"验收单\" } },\n  { id = \"volumes\", clause = \"§4.3.2\", words = { en = \"Volumes and rates\", zh = \"工作量与单价清单\" } },\n]\n\n[complaints]\nrespond_hours = 24\nresolve_days = 10\nsatisfaction_days = 15\n\n[security]\nplan_review_months = 12\ndrill_months = 6\ninspection_months = 3\nreport_hours = 24\nlessons_days = 30\ncontrols = [\n  { id = \"responsibility\", clause = \"§7.1.1\", words = { en = \"Named responsibility\", zh = \"安全责任人\" } },\n  { id = \"access-control\", clause = \"§7.1.1\", words = { en = \"Access control\", zh = \"访问控制\" } },\n  { id = \"encryption\", clause = \"§7.2.1\", words = { en = \"Encryption in transit and at rest\", zh = \"传输与存储加密\" } },\n  { id = \"backup\", clause = \"§7.1.1\", words = { en = \"Backup and tested recovery\", zh = \"备份与恢复验证\" } },\n  { id = \"firewall\", clause = \"§7.2.1\", words = { en = \"Firewall\", zh = \"防火墙\" } },\n  { id = \"intrusion-detection\", clause = \"§7.2.1\", words = { en = \"Intrusion detection\", zh = \"入侵检测\" } },\n  { id = \"authentication\", clause = \"§7.2.1\", words = { en = \"Strong authentication\", zh = \"身份认证\" } },\n]\n\n[confidentiality]\naccess_review_months = 6\ncheck_months = 6\nwarning_days = 60\n\n[[data_classes]]\nid = \"public\"\nrank = 0\nwords = { en = \"Public\", zh = \"公开\" }\nscope = { en = \"What the company has published or may publish.\", zh = \"公司已公开或可公开的信息。\" }\n\n[[data_classes]]\nid = \"internal\"\nrank = 1\nwords = { en = \"Internal\", zh = \"内部\" }\nscope = { en = \"Working papers, contact lists, service records without client data.\", zh = \"工作文件、通讯录、不含客户数据的服务记录。\" }\nduty = { en = \"Use for the contract only; pass to nobody outside it.\", zh = \"仅用于履行合同，不得向合同外人员提供。\" }\nmeasures = { en = \"Named accounts; return or deletion at the end.\", zh = \"实名账号；合同结束时归还或删除。\" }\nperiod_months = 24\ncontrols = [\"responsibility\", \"access-control\", \"authentication\"]\n\n[[data_classes]]\nid = \"important\"\nrank = 2\nwords = { en = \"Important\", zh = \"重要\" }\nscope = { en = \"Client data, prices, tender documents before publication.\", zh = \"客户数据、价格、公布前的招标文件。\" }\nduty = { en = \"Need to know; each passing-on recorded.\", zh = \"按需知悉，逐次登记流转。\" }\nmeasures = { en = \"Encryption, logging, places and equipment restricted.\", zh = \"加密、留痕、限定场所与设备。\" }\nperiod_months = 60\ncontrols = [\"responsibility\", \"access-control\", \"authentication\", \"encryption\", \"backup\", \"firewall\"]\n\n[[data_classes]]\nid = \"core\"\nrank = 3\nwords = { en = \"Core\", zh = \"核心\" }\nscope = { en = \"Trade secrets, keys, personal data of special categories.\", zh = \"商业秘密、密钥、敏感个人信息。\" }\nduty = { en = \"Named persons only; liability for breach agreed in money.\", zh = \"仅限指定人员；约定违约金。\" }\nmeasures = { en = \"As important, and intrusion detection, work on the company''s premises.\", zh = \"同“重要”，另加入侵检测与驻场作业。\" }\nperiod_months = 120\ncontrols = [\"responsibility\", \"access-control\", \"authentication\", \"encryption\", \"backup\", \"firewall\", \"intrusion-detection\"]\n"},"state":"in_force"}','0000000000000000000000000000000000000000000000000000000000000000','4a4e19fe11875b93707e575729c066953e7f2fa93068ab2f474c46777bb4f743');
INSERT INTO "audit" VALUES(2,'2026-11-30T08:00:00.000000Z','keeper','supplier','S1','add',1,NULL,'{"fields":{"address":"''; DROP TABLE supplier; -- <b>长</b>","categories":["ITO"],"founded_on":"2001-02-03","id":"S1","name":"名称 ''quoted''"},"state":"candidate"}','4a4e19fe11875b93707e575729c066953e7f2fa93068ab2f474c46777bb4f743','e3effa6115c80b39496be3169a3e792b8e9f95baebcac1c3ff9411f389a035be');
INSERT INTO "audit" VALUES(3,'2026-11-30T08:00:00.000000Z','keeper','certificate','C1','add',1,NULL,'{"fields":{"id":"C1","name":"ISO 9001","supplier":"S1","valid_until":"2027-11-30"},"state":"held"}','e3effa6115c80b39496be3169a3e792b8e9f95baebcac1c3ff9411f389a035be','3c1e2264114d1d4f9e17a8c8d1af504efc49d8ed7df0d6d3c49d59ca0a8df99b');
INSERT INTO "audit" VALUES(4,'2026-11-30T08:00:00.000000Z','keeper','certificate','C1','edit',2,'{"fields":{"id":"C1","name":"ISO 9001","supplier":"S1","valid_until":"2027-11-30"},"state":"held"}','{"fields":{"id":"C1","name":"ISO 9001","number":"QM-1","supplier":"S1","valid_until":"2027-11-30"},"state":"held"}','3c1e2264114d1d4f9e17a8c8d1af504efc49d8ed7df0d6d3c49d59ca0a8df99b','b88867ed9086135db320f245417995a87b66ec4aaf31f426049e809eef1fa9ed');
INSERT INTO "audit" VALUES(5,'2026-11-30T08:00:00.000000Z','keeper','need','N1','add',1,NULL,'{"fields":{"category":"ITO","data_class":"core","department":"IT","estimated_value":"12.3","id":"N1","next_review":"2027-01-31","owner":"amy","title":"Desk","volume":"1.5"},"state":"listed"}','b88867ed9086135db320f245417995a87b66ec4aaf31f426049e809eef1fa9ed','fce1be7562bf1a7520cfb75ad4c5180ac5e17218a26ea72beefa5d93c9e6732b');
INSERT INTO "audit" VALUES(6,'2026-11-30T08:00:00.000000Z','keeper','attachment','sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec','add',1,NULL,'{"fields":{"data_class":"internal","digest":"sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec","id":"sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec","name":"a.bin","size":10},"state":"kept"}','fce1be7562bf1a7520cfb75ad4c5180ac5e17218a26ea72beefa5d93c9e6732b','026e4cb4d6f506fee648fd06f484859bbd4d8d91aa576092613747b71d196db3');
CREATE TABLE authority (
	id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	act TEXT NOT NULL, 
	up_to BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE NOT NULL, 
	granted_by TEXT NOT NULL, 
	attachment TEXT, 
	revoked_on DATE, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_authority_key UNIQUE (_key)
);
CREATE TABLE award (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	lot TEXT NOT NULL, 
	result TEXT, 
	bid TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	follows TEXT, 
	approved_by TEXT, 
	approved_on DATE, 
	notified_on DATE, 
	withdrawn_on DATE, 
	withdrawn_by TEXT, 
	withdrawal_reasons TEXT NOT NULL, 
	withdrawal_approved_by TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_award_key UNIQUE (_key), 
	CONSTRAINT fk_award_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_award_result FOREIGN KEY(result) REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_award_bid FOREIGN KEY(bid) REFERENCES bid (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_award_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_award_follows FOREIGN KEY(follows) REFERENCES award (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE bid (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	lot TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	price_digest TEXT, 
	recorded_by TEXT NOT NULL, 
	missing TEXT NOT NULL, 
	price_read BIGINT, 
	reviewed_by TEXT, 
	reviewed_on DATE, 
	reasons TEXT NOT NULL, 
	withdrawal_letter TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_bid_key UNIQUE (_key), 
	CONSTRAINT fk_bid_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_bid_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE certificate (
	id TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	name TEXT NOT NULL, 
	number TEXT NOT NULL, 
	issuer TEXT NOT NULL, 
	valid_from DATE, 
	valid_until DATE, 
	attachment TEXT, 
	replaced_by TEXT, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_certificate_key UNIQUE (_key), 
	CONSTRAINT fk_certificate_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_certificate_replaced_by FOREIGN KEY(replaced_by) REFERENCES certificate (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "certificate" VALUES('C1','S1','ISO 9001','QM-1','',NULL,'2027-11-30',NULL,NULL,'','c1','held',2,'2026-11-30T08:00:00.000000Z','keeper');
CREATE TABLE change (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	proposed_by TEXT NOT NULL, 
	proposed_on DATE NOT NULL, 
	effect_price BIGINT NOT NULL, 
	effect_term_days BIGINT NOT NULL, 
	effect_kpis TEXT NOT NULL, 
	exit_duties TEXT NOT NULL, 
	text_digest TEXT, 
	approvals TEXT NOT NULL, 
	approved_by TEXT, 
	approved_on DATE, 
	board_approval_by TEXT, 
	board_approval_on DATE, 
	signed_digest TEXT, 
	signed_by TEXT, 
	signed_on DATE, 
	effective_on DATE, 
	decided_by TEXT, 
	decision TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_change_key UNIQUE (_key), 
	CONSTRAINT fk_change_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE channel (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	name TEXT NOT NULL, 
	address TEXT NOT NULL, 
	published_at TEXT, 
	evidence TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_channel_key UNIQUE (_key), 
	CONSTRAINT fk_channel_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "check" (
	id TEXT NOT NULL, 
	contract TEXT, 
	supplier TEXT, 
	purpose TEXT NOT NULL, 
	step TEXT NOT NULL, 
	planned_on DATE NOT NULL, 
	done_on DATE, 
	"by" TEXT, 
	items BIGINT, 
	failures BIGINT, 
	outcome TEXT NOT NULL, 
	attachment TEXT, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_check_key UNIQUE (_key), 
	CONSTRAINT fk_check_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_check_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE clause (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	item TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	text TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_clause_key UNIQUE (_key), 
	CONSTRAINT fk_clause_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE complaint (
	id TEXT NOT NULL, 
	contract TEXT, 
	supplier TEXT NOT NULL, 
	client TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	received_by TEXT, 
	owner TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	respond_due TEXT NOT NULL, 
	resolve_due TEXT NOT NULL, 
	satisfaction_due TEXT NOT NULL, 
	responded_at TEXT, 
	response TEXT NOT NULL, 
	investigator TEXT, 
	findings TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	measures TEXT NOT NULL, 
	resolved_at TEXT, 
	feedback_at TEXT, 
	feedback TEXT NOT NULL, 
	feedback_by TEXT, 
	satisfaction TEXT, 
	satisfaction_at TEXT, 
	satisfaction_note TEXT NOT NULL, 
	reopened_at TEXT, 
	reopened_because TEXT NOT NULL, 
	repeat_of TEXT, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_complaint_key UNIQUE (_key), 
	CONSTRAINT fk_complaint_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_complaint_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_complaint_repeat_of FOREIGN KEY(repeat_of) REFERENCES complaint (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE conflict_declaration (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	evaluator TEXT NOT NULL, 
	person TEXT NOT NULL, 
	conflict_with TEXT NOT NULL, 
	declared_on DATE NOT NULL, 
	statement TEXT NOT NULL, 
	cleared_by TEXT, 
	clearing_reasons TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_conflict_declaration_key UNIQUE (_key), 
	CONSTRAINT fk_conflict_declaration_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_conflict_declaration_evaluator FOREIGN KEY(evaluator) REFERENCES evaluator (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE contact (
	id TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	contract TEXT, 
	"on" DATE NOT NULL, 
	"by" TEXT NOT NULL, 
	with_whom TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	owner TEXT, 
	due DATE, 
	resolved_on DATE, 
	outcome TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_contact_key UNIQUE (_key), 
	CONSTRAINT fk_contact_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contact_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE content (
	digest TEXT NOT NULL, 
	bytes BLOB NOT NULL, 
	PRIMARY KEY (digest)
);
INSERT INTO "content" VALUES('sha256:2a0e09ae5d24aae475ecab62412b451609332fa11e8a3d5e23bafaa70b6bbbec',X'00FF20636F6E74656E74');
CREATE TABLE contract (
	id TEXT NOT NULL, 
	award TEXT, 
	supplier TEXT NOT NULL, 
	tender TEXT, 
	title TEXT NOT NULL, 
	category TEXT NOT NULL, 
	data_class TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	text_digest TEXT, 
	reviewed_digest TEXT, 
	reviewed_by TEXT, 
	reviewed_on DATE, 
	review_notes TEXT NOT NULL, 
	signed_digest TEXT, 
	signed_on DATE, 
	signed_by TEXT, 
	signed_for_supplier TEXT NOT NULL, 
	value BIGINT, 
	currency TEXT NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	payment_days BIGINT, 
	credit_cap TEXT, 
	amended_by TEXT NOT NULL, 
	ended_on DATE, 
	end_reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_contract_key UNIQUE (_key), 
	CONSTRAINT fk_contract_award FOREIGN KEY(award) REFERENCES award (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contract_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contract_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE control (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	supplier TEXT, 
	item TEXT NOT NULL, 
	responsible TEXT, 
	evidence TEXT NOT NULL, 
	attachment TEXT, 
	checked_on DATE, 
	checked_by TEXT, 
	next_check DATE, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_control_key UNIQUE (_key), 
	CONSTRAINT fk_control_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_control_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_control_attachment FOREIGN KEY(attachment) REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE decision (
	id TEXT NOT NULL, 
	need TEXT NOT NULL, 
	option TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	report TEXT, 
	submitted_by TEXT, 
	submitted_on DATE, 
	expert_review_by TEXT NOT NULL, 
	expert_review_on DATE, 
	expert_opinion TEXT NOT NULL, 
	board_approval_by TEXT NOT NULL, 
	board_approval_on DATE, 
	decided_by TEXT, 
	decided_on DATE, 
	return_reasons TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_decision_key UNIQUE (_key), 
	CONSTRAINT fk_decision_need FOREIGN KEY(need) REFERENCES need (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE destruction (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	what TEXT NOT NULL, 
	data_class TEXT NOT NULL, 
	due DATE, 
	"on" DATE, 
	"by" TEXT, 
	witness TEXT, 
	method TEXT NOT NULL, 
	certificate TEXT, 
	reason TEXT NOT NULL, 
	approved_by TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_destruction_key UNIQUE (_key), 
	CONSTRAINT fk_destruction_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_destruction_certificate FOREIGN KEY(certificate) REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE dissent (
	id TEXT NOT NULL, 
	result TEXT NOT NULL, 
	evaluator TEXT NOT NULL, 
	text TEXT NOT NULL, 
	stated_on DATE NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_dissent_key UNIQUE (_key), 
	CONSTRAINT fk_dissent_result FOREIGN KEY(result) REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_dissent_evaluator FOREIGN KEY(evaluator) REFERENCES evaluator (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE document (
	id TEXT NOT NULL, 
	settlement TEXT NOT NULL, 
	item TEXT NOT NULL, 
	number TEXT NOT NULL, 
	attachment TEXT, 
	received_on DATE NOT NULL, 
	received_by TEXT NOT NULL, 
	reviewed_by TEXT, 
	reviewed_on DATE, 
	remarks TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_document_key UNIQUE (_key), 
	CONSTRAINT fk_document_settlement FOREIGN KEY(settlement) REFERENCES settlement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE draw (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	lot TEXT NOT NULL, 
	tied TEXT NOT NULL, 
	drawn TEXT NOT NULL, 
	drawn_at TEXT, 
	drawn_by TEXT, 
	witnesses TEXT NOT NULL, 
	method TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_draw_key UNIQUE (_key), 
	CONSTRAINT fk_draw_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE drill (
	id TEXT NOT NULL, 
	emergency_plan TEXT NOT NULL, 
	planned_on DATE NOT NULL, 
	held_on DATE, 
	people TEXT NOT NULL, 
	target_minutes BIGINT, 
	recovery_minutes BIGINT, 
	result TEXT, 
	lessons TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_drill_key UNIQUE (_key), 
	CONSTRAINT fk_drill_emergency_plan FOREIGN KEY(emergency_plan) REFERENCES emergency_plan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE emergency_plan (
	id TEXT NOT NULL, 
	supplier TEXT, 
	contract TEXT, 
	scenario TEXT NOT NULL, 
	version TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	recovery_minutes BIGINT, 
	attachment TEXT, 
	approved_by TEXT, 
	approved_on DATE, 
	reviewed_on DATE, 
	review_due DATE, 
	superseded_by TEXT, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_emergency_plan_key UNIQUE (_key), 
	CONSTRAINT fk_emergency_plan_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_emergency_plan_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_emergency_plan_attachment FOREIGN KEY(attachment) REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_emergency_plan_superseded_by FOREIGN KEY(superseded_by) REFERENCES emergency_plan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE evaluator (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	person TEXT NOT NULL, 
	panel_role TEXT NOT NULL, 
	department TEXT NOT NULL, 
	recused_lots TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_evaluator_key UNIQUE (_key), 
	CONSTRAINT fk_evaluator_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE filing (
	id TEXT NOT NULL, 
	ip_item TEXT, 
	title TEXT NOT NULL, 
	"right" TEXT NOT NULL, 
	jurisdiction TEXT NOT NULL, 
	number TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	file_by DATE, 
	filed_on DATE, 
	granted_on DATE, 
	next_due DATE, 
	expires_on DATE, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_filing_key UNIQUE (_key), 
	CONSTRAINT fk_filing_ip_item FOREIGN KEY(ip_item) REFERENCES ip_item (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE finding (
	id TEXT NOT NULL, 
	"check" TEXT NOT NULL, 
	contract TEXT, 
	text TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	due DATE NOT NULL, 
	action TEXT NOT NULL, 
	corrected_on DATE, 
	evidence TEXT, 
	verified_by TEXT, 
	verified_on DATE, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_finding_key UNIQUE (_key), 
	CONSTRAINT fk_finding_check FOREIGN KEY("check") REFERENCES "check" (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_finding_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE handling (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	step TEXT NOT NULL, 
	what TEXT NOT NULL, 
	data_class TEXT NOT NULL, 
	"on" DATE NOT NULL, 
	"by" TEXT NOT NULL, 
	recipient_kind TEXT, 
	recipient TEXT, 
	evidence TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_handling_key UNIQUE (_key), 
	CONSTRAINT fk_handling_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE improvement_plan (
	id TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	contract TEXT, 
	measure TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	action TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	agreed_on DATE NOT NULL, 
	baseline_period TEXT NOT NULL, 
	baseline_until DATE NOT NULL, 
	baseline TEXT NOT NULL, 
	target TEXT NOT NULL, 
	due DATE NOT NULL, 
	evidence_period TEXT NOT NULL, 
	evidence_from DATE, 
	evidence_until DATE, 
	evidence_figure TEXT, 
	scorecard TEXT, 
	closed_by TEXT, 
	closed_on DATE, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_improvement_plan_key UNIQUE (_key), 
	CONSTRAINT fk_improvement_plan_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_improvement_plan_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_improvement_plan_scorecard FOREIGN KEY(scorecard) REFERENCES scorecard (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE incident (
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	contract TEXT, 
	supplier TEXT, 
	severity TEXT NOT NULL, 
	data_class TEXT, 
	occurred_at TEXT NOT NULL, 
	reported_at TEXT NOT NULL, 
	reported_by TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	contained_at TEXT, 
	containment TEXT NOT NULL, 
	departments TEXT NOT NULL, 
	causes TEXT NOT NULL, 
	lessons TEXT NOT NULL, 
	actions TEXT NOT NULL, 
	lessons_due DATE, 
	closed_on DATE, 
	closed_by TEXT, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_incident_key UNIQUE (_key), 
	CONSTRAINT fk_incident_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_incident_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE ip_item (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	owner_party TEXT NOT NULL, 
	licence TEXT NOT NULL, 
	permitted_use TEXT NOT NULL, 
	agreed_on DATE, 
	milestone TEXT, 
	accepted_on DATE, 
	return_due DATE, 
	returned_on DATE, 
	return_kind TEXT, 
	evidence TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_ip_item_key UNIQUE (_key), 
	CONSTRAINT fk_ip_item_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_ip_item_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('format','supplier-eval-registry');
INSERT INTO "meta" VALUES('schema','3');
INSERT INTO "meta" VALUES('rules','# The company''s default rules for its registry: a proposal until the company adopts them.
# Clauses (§) are those of the company''s service-outsourcing management measures.

format = "supplier-eval-registry-rules/1"
currency = "CNY"
timezone = "Asia/Shanghai"
categories = ["ITO", "BPO", "KPO"]

[approval] # §2.2.3: any one of these makes the project major
value_from = 5000000
term_months_from = 36
data_classes = ["core", "important"]
steps = ["expert_review", "board_approval"]

[planning]
review_months = 12
assessors = 3

[tendering]
witnesses = 2
standstill_days = 10
answer_days = 7
documents = [
  { id = "profile", clause = "§3.2.2", words = { en = "Company profile", zh = "企业概况" } },
  { id = "certificates", clause = "§3.2.2", words = { en = "Licence and certificates", zh = "营业执照与资质证书" } },
  { id = "track-record", clause = "§3.2.2", words = { en = "Track record", zh = "业绩证明" } },
  { id = "service-plan", clause = "§3.2.2", words = { en = "Service plan", zh = "服务方案" } },
  { id = "quotation", clause = "§3.2.2", words = { en = "Quotation", zh = "报价文件" } },
]

[contracts]
check_months = 3
payment_days = 30
clauses = [
  { id = "rights-duties", clause = "§3.2.5", words = { en = "Rights and duties", zh = "双方权利与义务" } },
  { id = "content", clause = "§3.2.5", words = { en = "Content of the service", zh = "服务内容" } },
  { id = "quality", clause = "§3.2.5", words = { en = "Quality standard", zh = "质量标准" } },
  { id = "price", clause = "§3.2.5", words = { en = "Price", zh = "价格" } },
  { id = "payment", clause = "§3.2.5", words = { en = "Payment", zh = "付款方式" } },
  { id = "secrecy", clause = "§3.2.5", words = { en = "Confidentiality", zh = "保密条款" } },
  { id = "breach", clause = "§3.2.5", words = { en = "Liability for breach", zh = "违约责任" } },
  { id = "property", clause = "§9.1.1", words = { en = "Intellectual property", zh = "知识产权归属" } },
]
documents = [
  { id = "invoice", clause = "§4.3.2", words = { en = "Invoice", zh = "发票" } },
  { id = "acceptance", clause = "§4.3.2", words = { en = "Acceptance of the period''s work", zh = "验收单" } },
  { id = "volumes", clause = "§4.3.2", words = { en = "Volumes and rates", zh = "工作量与单价清单" } },
]

[complaints]
respond_hours = 24
resolve_days = 10
satisfaction_days = 15

[security]
plan_review_months = 12
drill_months = 6
inspection_months = 3
report_hours = 24
lessons_days = 30
controls = [
  { id = "responsibility", clause = "§7.1.1", words = { en = "Named responsibility", zh = "安全责任人" } },
  { id = "access-control", clause = "§7.1.1", words = { en = "Access control", zh = "访问控制" } },
  { id = "encryption", clause = "§7.2.1", words = { en = "Encryption in transit and at rest", zh = "传输与存储加密" } },
  { id = "backup", clause = "§7.1.1", words = { en = "Backup and tested recovery", zh = "备份与恢复验证" } },
  { id = "firewall", clause = "§7.2.1", words = { en = "Firewall", zh = "防火墙" } },
  { id = "intrusion-detection", clause = "§7.2.1", words = { en = "Intrusion detection", zh = "入侵检测" } },
  { id = "authentication", clause = "§7.2.1", words = { en = "Strong authentication", zh = "身份认证" } },
]

[confidentiality]
access_review_months = 6
check_months = 6
warning_days = 60

[[data_classes]]
id = "public"
rank = 0
words = { en = "Public", zh = "公开" }
scope = { en = "What the company has published or may publish.", zh = "公司已公开或可公开的信息。" }

[[data_classes]]
id = "internal"
rank = 1
words = { en = "Internal", zh = "内部" }
scope = { en = "Working papers, contact lists, service records without client data.", zh = "工作文件、通讯录、不含客户数据的服务记录。" }
duty = { en = "Use for the contract only; pass to nobody outside it.", zh = "仅用于履行合同，不得向合同外人员提供。" }
measures = { en = "Named accounts; return or deletion at the end.", zh = "实名账号；合同结束时归还或删除。" }
period_months = 24
controls = ["responsibility", "access-control", "authentication"]

[[data_classes]]
id = "important"
rank = 2
words = { en = "Important", zh = "重要" }
scope = { en = "Client data, prices, tender documents before publication.", zh = "客户数据、价格、公布前的招标文件。" }
duty = { en = "Need to know; each passing-on recorded.", zh = "按需知悉，逐次登记流转。" }
measures = { en = "Encryption, logging, places and equipment restricted.", zh = "加密、留痕、限定场所与设备。" }
period_months = 60
controls = ["responsibility", "access-control", "authentication", "encryption", "backup", "firewall"]

[[data_classes]]
id = "core"
rank = 3
words = { en = "Core", zh = "核心" }
scope = { en = "Trade secrets, keys, personal data of special categories.", zh = "商业秘密、密钥、敏感个人信息。" }
duty = { en = "Named persons only; liability for breach agreed in money.", zh = "仅限指定人员；约定违约金。" }
measures = { en = "As important, and intrusion detection, work on the company''s premises.", zh = "同“重要”，另加入侵检测与驻场作业。" }
period_months = 120
controls = ["responsibility", "access-control", "authentication", "encryption", "backup", "firewall", "intrusion-detection"]
');
CREATE TABLE milestone (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	title TEXT NOT NULL, 
	due_on DATE NOT NULL, 
	quantity TEXT, 
	unit TEXT NOT NULL, 
	standard TEXT NOT NULL, 
	delivered_on DATE, 
	accepted_quantity TEXT, 
	accepted_on DATE, 
	accepted_by TEXT, 
	rejected_on DATE, 
	quality TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_milestone_key UNIQUE (_key), 
	CONSTRAINT fk_milestone_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE need (
	id TEXT NOT NULL, 
	department TEXT NOT NULL, 
	category TEXT NOT NULL, 
	title TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	quality_requirements TEXT NOT NULL, 
	volume TEXT, 
	unit TEXT NOT NULL, 
	estimated_value BIGINT, 
	currency TEXT, 
	term_months BIGINT, 
	data_class TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	next_review DATE NOT NULL, 
	report TEXT, 
	closing_reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_need_key UNIQUE (_key)
);
INSERT INTO "need" VALUES('N1','IT','ITO','Desk','','','1.5','',1230,NULL,NULL,'core','amy','2027-01-31',NULL,'','n1','listed',1,'2026-11-30T08:00:00.000000Z','keeper');
CREATE TABLE objection (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	publication TEXT, 
	supplier TEXT NOT NULL, 
	received_on DATE NOT NULL, 
	text TEXT NOT NULL, 
	answer_due DATE NOT NULL, 
	answer TEXT NOT NULL, 
	answered_on DATE, 
	answered_by TEXT, 
	decision TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_objection_key UNIQUE (_key), 
	CONSTRAINT fk_objection_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_objection_publication FOREIGN KEY(publication) REFERENCES publication (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_objection_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE opening (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	envelope TEXT NOT NULL, 
	opened_at TEXT, 
	place TEXT NOT NULL, 
	bids TEXT NOT NULL, 
	witnesses TEXT NOT NULL, 
	read_out TEXT NOT NULL, 
	anchor TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_opening_key UNIQUE (_key), 
	CONSTRAINT fk_opening_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE publication (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	result TEXT NOT NULL, 
	published_on DATE, 
	standstill_until DATE, 
	address TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_publication_key UNIQUE (_key), 
	CONSTRAINT fk_publication_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_publication_result FOREIGN KEY(result) REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE rate (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	item TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	unit_price TEXT NOT NULL, 
	valid_from DATE, 
	valid_until DATE, 
	change TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_rate_key UNIQUE (_key), 
	CONSTRAINT fk_rate_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_rate_change FOREIGN KEY(change) REFERENCES change (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE registration (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	registered_at TEXT NOT NULL, 
	contact TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_registration_key UNIQUE (_key), 
	CONSTRAINT fk_registration_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_registration_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE result (
	id TEXT NOT NULL, 
	tender TEXT NOT NULL, 
	lot TEXT NOT NULL, 
	"order" TEXT NOT NULL, 
	ranks TEXT NOT NULL, 
	totals TEXT NOT NULL, 
	candidates TEXT NOT NULL, 
	policy_fingerprint TEXT NOT NULL, 
	tender_fingerprint TEXT NOT NULL, 
	standing TEXT NOT NULL, 
	report TEXT, 
	scored_by TEXT NOT NULL, 
	approved_by TEXT, 
	approved_on DATE, 
	reasons TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_result_key UNIQUE (_key), 
	CONSTRAINT fk_result_tender FOREIGN KEY(tender) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE risk (
	id TEXT NOT NULL, 
	category TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	supplier TEXT, 
	contract TEXT, 
	owner TEXT NOT NULL, 
	currency TEXT, 
	likelihood TEXT, 
	impact_low BIGINT, 
	impact_high BIGINT, 
	inherent_likelihood TEXT, 
	inherent_low BIGINT, 
	inherent_high BIGINT, 
	target_likelihood TEXT, 
	target_low BIGINT, 
	target_high BIGINT, 
	assessed_on DATE, 
	assessed_by TEXT, 
	knowledge TEXT, 
	reason TEXT NOT NULL, 
	next_review DATE, 
	closed_on DATE, 
	close_reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_risk_key UNIQUE (_key), 
	CONSTRAINT fk_risk_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_risk_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE risk_rating (
	id TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	"on" DATE NOT NULL, 
	rating TEXT NOT NULL, 
	score TEXT, 
	reasons TEXT NOT NULL, 
	policy_fingerprint TEXT, 
	standing TEXT, 
	report TEXT, 
	rated_by TEXT NOT NULL, 
	next_review DATE, 
	confirmed_by TEXT, 
	confirmed_on DATE, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_risk_rating_key UNIQUE (_key), 
	CONSTRAINT fk_risk_rating_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE risk_response (
	id TEXT NOT NULL, 
	risk TEXT NOT NULL, 
	strategy TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	cost BIGINT, 
	currency TEXT, 
	frequency_factor TEXT, 
	severity_factor TEXT, 
	evidence TEXT NOT NULL, 
	tested_on DATE, 
	test_result TEXT, 
	test_due DATE, 
	approver TEXT, 
	decided_on DATE, 
	reason TEXT NOT NULL, 
	expires_on DATE, 
	ended_on DATE, 
	end_reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_risk_response_key UNIQUE (_key), 
	CONSTRAINT fk_risk_response_risk FOREIGN KEY(risk) REFERENCES risk (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE scorecard (
	id TEXT NOT NULL, 
	supplier TEXT NOT NULL, 
	contract TEXT, 
	period TEXT NOT NULL, 
	period_from DATE NOT NULL, 
	period_to DATE NOT NULL, 
	score TEXT, 
	lower TEXT, 
	upper TEXT, 
	coverage TEXT, 
	grade TEXT NOT NULL, 
	standing TEXT NOT NULL, 
	policy_fingerprint TEXT, 
	report TEXT, 
	scored_by TEXT NOT NULL, 
	confirmed_by TEXT, 
	confirmed_on DATE, 
	consequence TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_scorecard_key UNIQUE (_key), 
	CONSTRAINT fk_scorecard_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_scorecard_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE service_credit (
	id TEXT NOT NULL, 
	settlement TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	kpi TEXT NOT NULL, 
	period TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	waived_by TEXT, 
	waived_on DATE, 
	waiver TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_service_credit_key UNIQUE (_key), 
	CONSTRAINT fk_service_credit_settlement FOREIGN KEY(settlement) REFERENCES settlement (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_service_credit_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE settlement (
	id TEXT NOT NULL, 
	contract TEXT NOT NULL, 
	period_from DATE NOT NULL, 
	period_to DATE NOT NULL, 
	gross BIGINT NOT NULL, 
	credits BIGINT NOT NULL, 
	net BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	prepared_by TEXT NOT NULL, 
	due_on DATE, 
	reviewed_by TEXT, 
	reviewed_on DATE, 
	approved_by TEXT, 
	approved_on DATE, 
	paid_on DATE, 
	payment_reference TEXT NOT NULL, 
	dispute TEXT NOT NULL, 
	resolution TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_settlement_key UNIQUE (_key), 
	CONSTRAINT fk_settlement_contract FOREIGN KEY(contract) REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE settlement_line (
	id TEXT NOT NULL, 
	settlement TEXT NOT NULL, 
	rate TEXT NOT NULL, 
	volume TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_settlement_line_key UNIQUE (_key), 
	CONSTRAINT fk_settlement_line_settlement FOREIGN KEY(settlement) REFERENCES settlement (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_settlement_line_rate FOREIGN KEY(rate) REFERENCES rate (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE supplier (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unified_code TEXT NOT NULL, 
	categories TEXT NOT NULL, 
	parent TEXT, 
	legal_representative TEXT NOT NULL, 
	founded_on DATE, 
	contact_person TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL, 
	address TEXT NOT NULL, 
	bank TEXT NOT NULL, 
	bank_account TEXT NOT NULL, 
	owner TEXT, 
	notes TEXT NOT NULL, 
	approved_by TEXT, 
	approved_on DATE, 
	reason TEXT NOT NULL, 
	decided_by TEXT, 
	decided_on DATE, 
	review_on DATE, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_supplier_key UNIQUE (_key), 
	CONSTRAINT fk_supplier_parent FOREIGN KEY(parent) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "supplier" VALUES('S1','名称 ''quoted''','','["ITO"]',NULL,'','2001-02-03','','','','''; DROP TABLE supplier; -- <b>长</b>','','',NULL,'',NULL,NULL,'',NULL,NULL,NULL,'s1','candidate',1,'2026-11-30T08:00:00.000000Z','keeper');
CREATE TABLE tender (
	id TEXT NOT NULL, 
	need TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	title TEXT NOT NULL, 
	category TEXT NOT NULL, 
	requirements TEXT NOT NULL, 
	qualification TEXT NOT NULL, 
	lots TEXT NOT NULL, 
	policy TEXT NOT NULL, 
	policy_fingerprint TEXT, 
	deadline TEXT, 
	bids_closed_at TEXT, 
	envelopes BIGINT NOT NULL, 
	data_class TEXT NOT NULL, 
	estimated_value BIGINT, 
	currency TEXT, 
	term_months BIGINT, 
	standstill_days BIGINT, 
	owner TEXT, 
	addenda TEXT NOT NULL, 
	marks_digest TEXT, 
	failed_lots TEXT NOT NULL, 
	outcome_reasons TEXT NOT NULL, 
	outcome_by TEXT, 
	follows TEXT, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_tender_key UNIQUE (_key), 
	CONSTRAINT fk_tender_need FOREIGN KEY(need) REFERENCES need (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_tender_decision FOREIGN KEY(decision) REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_tender_follows FOREIGN KEY(follows) REFERENCES tender (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE training (
	id TEXT NOT NULL, 
	audience TEXT NOT NULL, 
	supplier TEXT, 
	topic TEXT NOT NULL, 
	team TEXT NOT NULL, 
	trainer TEXT NOT NULL, 
	planned_on DATE NOT NULL, 
	people_due BIGINT, 
	held_on DATE, 
	people_present BIGINT, 
	evidence TEXT, 
	result TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_training_key UNIQUE (_key), 
	CONSTRAINT fk_training_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE warning (
	id TEXT NOT NULL, 
	indicator TEXT NOT NULL, 
	supplier TEXT, 
	risk TEXT, 
	level TEXT NOT NULL, 
	figure TEXT, 
	threshold TEXT, 
	raised_at TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	due DATE NOT NULL, 
	acknowledged_on DATE, 
	acknowledged_by TEXT, 
	action TEXT NOT NULL, 
	action_due DATE, 
	escalated_to TEXT NOT NULL, 
	escalated_on DATE, 
	outcome TEXT NOT NULL, 
	closed_on DATE, 
	_key TEXT NOT NULL, 
	_state TEXT NOT NULL, 
	_version BIGINT NOT NULL, 
	_changed_at TEXT NOT NULL, 
	_changed_by TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_warning_key UNIQUE (_key), 
	CONSTRAINT fk_warning_supplier FOREIGN KEY(supplier) REFERENCES supplier (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_warning_risk FOREIGN KEY(risk) REFERENCES risk (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_audit_id ON audit (id);
CREATE INDEX ix_need__state ON need (_state);
CREATE INDEX ix_need_next_review ON need (next_review);
CREATE INDEX ix_need_department ON need (department);
CREATE INDEX ix_need_category ON need (category);
CREATE INDEX ix_supplier_unified_code ON supplier (unified_code);
CREATE INDEX ix_supplier_owner ON supplier (owner);
CREATE INDEX ix_supplier_name ON supplier (name);
CREATE INDEX ix_supplier_parent ON supplier (parent);
CREATE INDEX ix_supplier__state ON supplier (_state);
CREATE INDEX ix_supplier_review_on ON supplier (review_on);
CREATE INDEX ix_authority_act ON authority (act);
CREATE INDEX ix_authority_person ON authority (person);
CREATE INDEX ix_authority__state ON authority (_state);
CREATE INDEX ix_authority_valid_until ON authority (valid_until);
CREATE INDEX ix_attachment__state ON attachment (_state);
CREATE INDEX ix_attachment_digest ON attachment (digest);
CREATE INDEX ix_assessment__state ON assessment (_state);
CREATE INDEX ix_assessment_person ON assessment (person);
CREATE INDEX ix_assessment_need ON assessment (need);
CREATE INDEX ix_decision__state ON decision (_state);
CREATE INDEX ix_decision_need ON decision (need);
CREATE INDEX ix_certificate__state ON certificate (_state);
CREATE INDEX ix_certificate_replaced_by ON certificate (replaced_by);
CREATE INDEX ix_certificate_valid_until ON certificate (valid_until);
CREATE INDEX ix_certificate_number ON certificate (number);
CREATE INDEX ix_certificate_supplier ON certificate (supplier);
CREATE INDEX ix_training_supplier ON training (supplier);
CREATE INDEX ix_training_planned_on ON training (planned_on);
CREATE INDEX ix_training_audience ON training (audience);
CREATE INDEX ix_training_team ON training (team);
CREATE INDEX ix_training__state ON training (_state);
CREATE INDEX ix_risk_rating__state ON risk_rating (_state);
CREATE INDEX ix_risk_rating_supplier ON risk_rating (supplier);
CREATE INDEX ix_risk_rating_next_review ON risk_rating (next_review);
CREATE INDEX ix_agreement_attachment ON agreement (attachment);
CREATE INDEX ix_agreement_valid_until ON agreement (valid_until);
CREATE INDEX ix_agreement__state ON agreement (_state);
CREATE INDEX ix_agreement_party ON agreement (party);
CREATE INDEX ix_tender_need ON tender (need);
CREATE INDEX ix_tender__state ON tender (_state);
CREATE INDEX ix_tender_deadline ON tender (deadline);
CREATE INDEX ix_tender_category ON tender (category);
CREATE INDEX ix_tender_follows ON tender (follows);
CREATE INDEX ix_tender_decision ON tender (decision);
CREATE INDEX ix_addendum_tender ON addendum (tender);
CREATE INDEX ix_addendum__state ON addendum (_state);
CREATE INDEX ix_channel__state ON channel (_state);
CREATE INDEX ix_channel_tender ON channel (tender);
CREATE INDEX ix_registration_tender ON registration (tender);
CREATE INDEX ix_registration__state ON registration (_state);
CREATE INDEX ix_registration_supplier ON registration (supplier);
CREATE INDEX ix_bid_supplier ON bid (supplier);
CREATE INDEX ix_bid__state ON bid (_state);
CREATE INDEX ix_bid_tender ON bid (tender);
CREATE INDEX ix_opening_tender ON opening (tender);
CREATE INDEX ix_opening__state ON opening (_state);
CREATE INDEX ix_evaluator__state ON evaluator (_state);
CREATE INDEX ix_evaluator_tender ON evaluator (tender);
CREATE INDEX ix_evaluator_person ON evaluator (person);
CREATE INDEX ix_result_tender ON result (tender);
CREATE INDEX ix_result__state ON result (_state);
CREATE INDEX ix_draw__state ON draw (_state);
CREATE INDEX ix_draw_tender ON draw (tender);
CREATE INDEX ix_conflict_declaration_tender ON conflict_declaration (tender);
CREATE INDEX ix_conflict_declaration__state ON conflict_declaration (_state);
CREATE INDEX ix_conflict_declaration_person ON conflict_declaration (person);
CREATE INDEX ix_conflict_declaration_evaluator ON conflict_declaration (evaluator);
CREATE INDEX ix_dissent__state ON dissent (_state);
CREATE INDEX ix_dissent_evaluator ON dissent (evaluator);
CREATE INDEX ix_dissent_result ON dissent (result);
CREATE INDEX ix_publication_standstill_until ON publication (standstill_until);
CREATE INDEX ix_publication_tender ON publication (tender);
CREATE INDEX ix_publication_result ON publication (result);
CREATE INDEX ix_publication__state ON publication (_state);
CREATE INDEX ix_award_bid ON award (bid);
CREATE INDEX ix_award_supplier ON award (supplier);
CREATE INDEX ix_award_result ON award (result);
CREATE INDEX ix_award__state ON award (_state);
CREATE INDEX ix_award_tender ON award (tender);
CREATE INDEX ix_award_follows ON award (follows);
CREATE INDEX ix_objection_answer_due ON objection (answer_due);
CREATE INDEX ix_objection_tender ON objection (tender);
CREATE INDEX ix_objection_supplier ON objection (supplier);
CREATE INDEX ix_objection_publication ON objection (publication);
CREATE INDEX ix_objection__state ON objection (_state);
CREATE INDEX ix_contract_award ON contract (award);
CREATE INDEX ix_contract_tender ON contract (tender);
CREATE INDEX ix_contract_ends_on ON contract (ends_on);
CREATE INDEX ix_contract__state ON contract (_state);
CREATE INDEX ix_contract_supplier ON contract (supplier);
CREATE INDEX ix_contract_owner ON contract (owner);
CREATE INDEX ix_contact__state ON contact (_state);
CREATE INDEX ix_contact_contract ON contact (contract);
CREATE INDEX ix_contact_due ON contact (due);
CREATE INDEX ix_contact_supplier ON contact (supplier);
CREATE INDEX ix_contact_owner ON contact (owner);
CREATE INDEX ix_scorecard_contract ON scorecard (contract);
CREATE INDEX ix_scorecard_period ON scorecard (period);
CREATE INDEX ix_scorecard__state ON scorecard (_state);
CREATE INDEX ix_scorecard_supplier ON scorecard (supplier);
CREATE INDEX ix_clause__state ON clause (_state);
CREATE INDEX ix_clause_contract ON clause (contract);
CREATE INDEX ix_clause_item ON clause (item);
CREATE INDEX ix_milestone__state ON milestone (_state);
CREATE INDEX ix_milestone_contract ON milestone (contract);
CREATE INDEX ix_milestone_due_on ON milestone (due_on);
CREATE INDEX ix_check_planned_on ON "check" (planned_on);
CREATE INDEX ix_check_purpose ON "check" (purpose);
CREATE INDEX ix_check_supplier ON "check" (supplier);
CREATE INDEX ix_check_contract ON "check" (contract);
CREATE INDEX ix_check__state ON "check" (_state);
CREATE INDEX ix_change__state ON change (_state);
CREATE INDEX ix_change_subject ON change (subject);
CREATE INDEX ix_change_contract ON change (contract);
CREATE INDEX ix_settlement_due_on ON settlement (due_on);
CREATE INDEX ix_settlement__state ON settlement (_state);
CREATE INDEX ix_settlement_contract ON settlement (contract);
CREATE INDEX ix_settlement_period_from ON settlement (period_from);
CREATE INDEX ix_complaint__state ON complaint (_state);
CREATE INDEX ix_complaint_channel ON complaint (channel);
CREATE INDEX ix_complaint_supplier ON complaint (supplier);
CREATE INDEX ix_complaint_resolve_due ON complaint (resolve_due);
CREATE INDEX ix_complaint_satisfaction_due ON complaint (satisfaction_due);
CREATE INDEX ix_complaint_owner ON complaint (owner);
CREATE INDEX ix_complaint_respond_due ON complaint (respond_due);
CREATE INDEX ix_complaint_repeat_of ON complaint (repeat_of);
CREATE INDEX ix_complaint_client ON complaint (client);
CREATE INDEX ix_complaint_contract ON complaint (contract);
CREATE INDEX ix_risk_owner ON risk (owner);
CREATE INDEX ix_risk_category ON risk (category);
CREATE INDEX ix_risk_contract ON risk (contract);
CREATE INDEX ix_risk__state ON risk (_state);
CREATE INDEX ix_risk_supplier ON risk (supplier);
CREATE INDEX ix_risk_next_review ON risk (next_review);
CREATE INDEX ix_control__state ON control (_state);
CREATE INDEX ix_control_item ON control (item);
CREATE INDEX ix_control_next_check ON control (next_check);
CREATE INDEX ix_control_attachment ON control (attachment);
CREATE INDEX ix_control_supplier ON control (supplier);
CREATE INDEX ix_control_contract ON control (contract);
CREATE INDEX ix_emergency_plan_contract ON emergency_plan (contract);
CREATE INDEX ix_emergency_plan_supplier ON emergency_plan (supplier);
CREATE INDEX ix_emergency_plan_superseded_by ON emergency_plan (superseded_by);
CREATE INDEX ix_emergency_plan__state ON emergency_plan (_state);
CREATE INDEX ix_emergency_plan_review_due ON emergency_plan (review_due);
CREATE INDEX ix_emergency_plan_attachment ON emergency_plan (attachment);
CREATE INDEX ix_incident_supplier ON incident (supplier);
CREATE INDEX ix_incident_contract ON incident (contract);
CREATE INDEX ix_incident_owner ON incident (owner);
CREATE INDEX ix_incident__state ON incident (_state);
CREATE INDEX ix_incident_lessons_due ON incident (lessons_due);
CREATE INDEX ix_access_person ON access (person);
CREATE INDEX ix_access_contract ON access (contract);
CREATE INDEX ix_access__state ON access (_state);
CREATE INDEX ix_access_review_due ON access (review_due);
CREATE INDEX ix_access_supplier ON access (supplier);
CREATE INDEX ix_handling_contract ON handling (contract);
CREATE INDEX ix_handling__state ON handling (_state);
CREATE INDEX ix_handling_recipient ON handling (recipient);
CREATE INDEX ix_destruction_due ON destruction (due);
CREATE INDEX ix_destruction_contract ON destruction (contract);
CREATE INDEX ix_destruction_certificate ON destruction (certificate);
CREATE INDEX ix_destruction__state ON destruction (_state);
CREATE INDEX ix_improvement_plan_measure ON improvement_plan (measure);
CREATE INDEX ix_improvement_plan_scorecard ON improvement_plan (scorecard);
CREATE INDEX ix_improvement_plan_supplier ON improvement_plan (supplier);
CREATE INDEX ix_improvement_plan_contract ON improvement_plan (contract);
CREATE INDEX ix_improvement_plan_due ON improvement_plan (due);
CREATE INDEX ix_improvement_plan__state ON improvement_plan (_state);
CREATE INDEX ix_improvement_plan_owner ON improvement_plan (owner);
CREATE INDEX ix_rate_change ON rate (change);
CREATE INDEX ix_rate__state ON rate (_state);
CREATE INDEX ix_rate_contract ON rate (contract);
CREATE INDEX ix_finding_due ON finding (due);
CREATE INDEX ix_finding__state ON finding (_state);
CREATE INDEX ix_finding_owner ON finding (owner);
CREATE INDEX ix_finding_contract ON finding (contract);
CREATE INDEX ix_finding_check ON finding ("check");
CREATE INDEX ix_document__state ON document (_state);
CREATE INDEX ix_document_item ON document (item);
CREATE INDEX ix_document_settlement ON document (settlement);
CREATE INDEX ix_service_credit__state ON service_credit (_state);
CREATE INDEX ix_service_credit_settlement ON service_credit (settlement);
CREATE INDEX ix_service_credit_contract ON service_credit (contract);
CREATE INDEX ix_service_credit_kpi ON service_credit (kpi);
CREATE INDEX ix_risk_response_expires_on ON risk_response (expires_on);
CREATE INDEX ix_risk_response__state ON risk_response (_state);
CREATE INDEX ix_risk_response_test_due ON risk_response (test_due);
CREATE INDEX ix_risk_response_risk ON risk_response (risk);
CREATE INDEX ix_warning_owner ON warning (owner);
CREATE INDEX ix_warning__state ON warning (_state);
CREATE INDEX ix_warning_due ON warning (due);
CREATE INDEX ix_warning_action_due ON warning (action_due);
CREATE INDEX ix_warning_risk ON warning (risk);
CREATE INDEX ix_warning_supplier ON warning (supplier);
CREATE INDEX ix_warning_indicator ON warning (indicator);
CREATE INDEX ix_drill__state ON drill (_state);
CREATE INDEX ix_drill_planned_on ON drill (planned_on);
CREATE INDEX ix_drill_emergency_plan ON drill (emergency_plan);
CREATE INDEX ix_ip_item__state ON ip_item (_state);
CREATE INDEX ix_ip_item_milestone ON ip_item (milestone);
CREATE INDEX ix_ip_item_contract ON ip_item (contract);
CREATE INDEX ix_ip_item_origin ON ip_item (origin);
CREATE INDEX ix_ip_item_return_due ON ip_item (return_due);
CREATE INDEX ix_settlement_line_settlement ON settlement_line (settlement);
CREATE INDEX ix_settlement_line_rate ON settlement_line (rate);
CREATE INDEX ix_settlement_line__state ON settlement_line (_state);
CREATE INDEX ix_filing__state ON filing (_state);
CREATE INDEX ix_filing_file_by ON filing (file_by);
CREATE INDEX ix_filing_number ON filing (number);
CREATE INDEX ix_filing_expires_on ON filing (expires_on);
CREATE INDEX ix_filing_ip_item ON filing (ip_item);
CREATE INDEX ix_filing_next_due ON filing (next_due);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'lines of the audit are written once'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'lines of the audit are written once'); END;
COMMIT;
