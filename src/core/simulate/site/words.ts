/** Words of series descriptions in the languages of several countries' departments. */
import type { Orientation } from '../plane.ts';
import type { RegionName } from '../region.ts';

export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'ru' | 'el' | 'ja';

type Words = { regions: Record<RegionName, string>; planes: Record<Orientation, string>; localizer: string };

const regions = (text: string): Record<RegionName, string> => {
  const [head, neck, chest, abdomen, pelvis, knee, hand, breast] = text.split(' ');
  return { head, neck, chest, abdomen, pelvis, knee, hand, breast };
};
const planes = (text: string): Record<Orientation, string> => {
  const [axial, coronal, sagittal] = text.split(' ');
  return { axial, coronal, sagittal };
};

export const WORDS: Record<Language, Words> = {
  en: {
    regions: regions('Head Neck Chest Abdomen Pelvis Knee Hand Breast'),
    planes: planes('axial coronal sagittal'),
    localizer: 'Scout',
  },
  de: {
    regions: regions('Schädel Hals Thorax Bauch Becken Knie Hand Brust'),
    planes: planes('tra cor sag'),
    localizer: 'Übersicht',
  },
  fr: {
    regions: regions('Tête Cou Thorax Abdomen Bassin Genou Main Sein'),
    planes: planes('axial coronal sagittal'),
    localizer: 'Repérage',
  },
  es: {
    regions: regions('Cabeza Cuello Tórax Abdomen Pelvis Rodilla Mano Mama'),
    planes: planes('axial coronal sagital'),
    localizer: 'Localizador',
  },
  it: {
    regions: regions('Testa Collo Torace Addome Bacino Ginocchio Mano Mammella'),
    planes: planes('assiale coronale sagittale'),
    localizer: 'Scout',
  },
  ru: {
    regions: regions('Голова Шея Грудь Живот Таз Колено Кисть Молочная'),
    planes: planes('акс кор саг'),
    localizer: 'Топограмма',
  },
  el: {
    regions: regions('Κεφαλή Τράχηλος Θώρακας Κοιλία Πύελος Γόνατο Χέρι Μαστός'),
    planes: planes('εγκάρσιο στεφανιαίο οβελιαίο'),
    localizer: 'Σκάουτ',
  },
  ja: {
    regions: regions('頭部 頸部 胸部 腹部 骨盤 膝 手 乳房'),
    planes: planes('軸位 冠状 矢状'),
    localizer: '位置決め',
  },
};
