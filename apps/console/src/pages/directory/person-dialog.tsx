import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { useChannels, useLabel } from '../../api/catalogue.js';
import { api } from '../../api/client.js';
import type { Person, PersonFields } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { showFaults } from '../../ui/form-faults.js';

interface PersonValues extends PersonFields {
  readonly user: string;
}

export interface PersonDialogProps {
  /** To change; otherwise somebody is added. */
  readonly person?: Person;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** What is cleared is nothing any more. */
const fieldsOf = ({ name, department, mobile, email, active, identities }: PersonValues): PersonFields => ({
  name,
  department: department || null,
  mobile: mobile || null,
  email: email || null,
  active: active ?? true,
  identities: identities ?? [],
});

/** The API keeps identities that are not named: those taken out of the form are unbound one by one. */
async function change({ identities, user }: Person, body: PersonFields): Promise<void> {
  await api.PUT('/v1/people/{user}', { params: { path: { user } }, body });
  const kept = new Set<string>(body.identities?.map(({ family }) => family));
  const gone = new Set(identities.map(({ family }) => family).filter((family) => !kept.has(family)));
  for (const family of gone) {
    await api.DELETE('/v1/people/{user}/identities/{family}', { params: { path: { user, family } } });
  }
}

export function PersonDialog({ person, onClose, onSaved }: PersonDialogProps): ReactNode {
  const t = useText();
  const [form] = Form.useForm<PersonValues>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async (values: PersonValues): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const body = fieldsOf(values);
      if (person) await change(person, body);
      else await api.POST('/v1/people', { body: { ...body, user: values.user } });
      onSaved();
    } catch (refusal) {
      showFaults(form, refusal);
      setError(refusal);
      setBusy(false);
    }
  };
  const known = person?.identities.map(({ family, providerUserId }) => ({ family, providerUserId }));
  return (
    <Modal
      open
      title={person ? t('people.editTitle', { name: person.name }) : t('people.new')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('people.save')}
      cancelText={t('action.cancel')}
      confirmLoading={isBusy}
    >
      <Form<PersonValues>
        form={form}
        layout="vertical"
        initialValues={person ? { ...person, identities: known } : { active: true, identities: [] }}
        onFinish={(values) => void save(values)}
      >
        <Fields isNew={!person} />
        <Identities />
      </Form>
      {error !== undefined && <FaultArea error={error} />}
    </Modal>
  );
}

function Fields({ isNew }: { readonly isNew: boolean }): ReactNode {
  const t = useText();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      {isNew && (
        <Form.Item name="user" label={t('directory.user')} rules={required}>
          <Input maxLength={128} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('directory.name')} rules={required}>
        <Input maxLength={128} autoComplete="off" />
      </Form.Item>
      <Form.Item name="mobile" label={t('directory.mobile')}>
        <Input maxLength={32} autoComplete="off" />
      </Form.Item>
      <Form.Item name="email" label={t('directory.email')}>
        <Input maxLength={254} autoComplete="off" />
      </Form.Item>
      <Form.Item name="department" label={t('people.department')}>
        <Input maxLength={128} autoComplete="off" />
      </Form.Item>
      <Form.Item name="active" label={t('people.active')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}

function Identities(): ReactNode {
  const t = useText();
  const label = useLabel();
  const { data: channels = [] } = useChannels();
  const families = new Map(channels.map(({ family, familyLabel }) => [family, label(familyLabel)]));
  const options = [...families].map(([value, text]) => ({ value, label: text }));
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form.List name="identities">
      {(items, { add, remove }) => (
        <fieldset className="nested">
          <legend>{t('directory.identities')}</legend>
          {items.map(({ key, name }) => (
            <div key={key} className="nested-item">
              <Button
                size="small"
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('form.removeItem', { number: name + 1 })}
                onClick={() => remove(name)}
              />
              <div className="grow">
                <Form.Item name={[name, 'family']} label={t('people.family')} rules={required}>
                  <Select options={options} />
                </Form.Item>
                <Form.Item name={[name, 'providerUserId']} label={t('people.providerUserId')} rules={required}>
                  <Input maxLength={128} autoComplete="off" />
                </Form.Item>
              </div>
            </div>
          ))}
          <Button icon={<PlusOutlined />} disabled={items.length >= families.size} onClick={() => add({})}>
            {t('people.bind')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
